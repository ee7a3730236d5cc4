import { expect, test } from 'vitest';
import { Fault } from '#model/kernel';
import { chooseInstance, type RoutingRules } from './routing.ts';

const rules: RoutingRules = [
  { capability: 'fulfilment', instance: 'wms-old', when: { site: 'NORTH' }, to: '2026-03-31' },
  { capability: 'fulfilment', instance: 'wms-new', when: { site: 'NORTH' }, from: '2026-04-01' },
  { capability: 'fulfilment', instance: 'wms-south' },
];

test('a rule is in force on its first and on its last day', () => {
  expect(chooseInstance(rules, 'fulfilment', { site: 'NORTH' }, '2026-03-31T23:59:59.000Z')).toBe('wms-old');
  expect(chooseInstance(rules, 'fulfilment', { site: 'NORTH' }, '2026-04-01T00:00:00.000Z')).toBe('wms-new');
});

test('what no particular rule matches goes to the general one', () => {
  expect(chooseInstance(rules, 'fulfilment', { site: 'EAST' }, '2026-04-01T00:00:00.000Z')).toBe('wms-south');
  expect(chooseInstance(rules, 'fulfilment', {}, '2026-04-01T00:00:00.000Z')).toBe('wms-south');
});

test('a capability that nobody serves is a fault that says where to mend it', () => {
  expect(() => chooseInstance(rules, 'prices', {}, '2026-04-01T00:00:00.000Z')).toThrow(Fault);
  expect(() => chooseInstance(rules, 'prices', {}, '2026-04-01T00:00:00.000Z')).toThrow(/prices.*\/routing/);
});
