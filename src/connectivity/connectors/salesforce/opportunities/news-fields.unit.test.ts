import { describe, expect, test } from 'vitest';
import { settingsFor } from '../testing.ts';
import { newsFields } from './news-fields.ts';

const { fields } = settingsFor({ fields: { orderState: 'State_of_Order__c' } });
const news = { opportunity: '006', orderNumber: '1', state: 'shipped', version: 2, trackingNumbers: [] as string[] };
const tracking = (trackingNumbers: string[]) =>
  newsFields({ ...news, trackingNumbers }, fields).Crossdock_Tracking__c as string | null;

describe('the fields of order news', () => {
  test('have the names that the settings give them', () => {
    expect(newsFields(news, fields)).toMatchObject({ State_of_Order__c: 'shipped', Crossdock_News_Version__c: 2 });
  });

  test('empty the tracking field when there is nothing to track', () => {
    expect(tracking([])).toBeNull();
  });

  test('hold as many whole tracking numbers as fit', () => {
    const numbers = Array.from({ length: 30 }, (_, count) => `1Z999AA10123456${count + 100}`);
    const text = tracking(numbers) ?? '';
    expect(text.length).toBeLessThanOrEqual(255);
    expect(text).toMatch(/^1Z999AA10123456100, .*, …$/);
    expect(tracking(['A', 'B'])).toBe('A, B');
  });
});
