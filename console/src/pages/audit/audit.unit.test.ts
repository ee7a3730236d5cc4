import { beforeAll, expect, test, vi } from 'vitest';
import { endOfDay, startOfDay } from './days.ts';

test('a day goes from its first instant to its last, where one is', () => {
  expect(new Date(startOfDay('2026-03-10')).getHours()).toBe(0);
  expect(new Date(endOfDay('2026-03-10')).valueOf() - new Date(startOfDay('2026-03-10')).valueOf()).toBe(86_399_999);
  expect(startOfDay('soon')).toBe('soon');
});

let targetAddress: (target: string) => string | undefined;
beforeAll(async () => {
  vi.stubGlobal('document', undefined);
  ({ targetAddress } = await import('./targets.ts'));
});
test.each([
  ['lane:erp-main', '/systems/erp-main'],
  ['order-to-cash:SO-1', '/orders/SO-1'],
  ['case:0198', '/cases/0198'],
  ['person:olga', '/people'],
  ['replay:7', undefined],
  ['constructor:x', undefined],
  ['nothing', undefined],
])('%s can be seen at %s', (target, address) => expect(targetAddress(target)).toBe(address));
