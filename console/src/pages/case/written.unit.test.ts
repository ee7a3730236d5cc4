import { expect, test } from 'vitest';
import { asItIs, readable } from './written.ts';

const message = (original: string) => ({
  ...{ kind: 'quarantined', source: 'crm-main', cause: 'no-customer', attempts: 1, followers: 0 },
  original,
});

test('an edit begins with what was asked, or with the message as it came', () => {
  expect(asItIs({ request: { site: 'NORTH' } })).toEqual({ site: 'NORTH' });
  expect(asItIs({ message: message('{"type":"order.submitted"}') })).toEqual({ type: 'order.submitted' });
  expect(asItIs({})).toBeUndefined();
});

test('what is no JSON is told as it came', () => expect(readable('ISA*00*')).toBe('ISA*00*'));
