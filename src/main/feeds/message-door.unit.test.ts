import { expect, test } from 'vitest';
import { inboundRoutes } from '#business/reactions';
import type { InboundMessage, Reading } from '#connectivity/kit';
import type { AddressedMessage } from '#platform/engine/runtime';
import type { RefusedMessage } from '#platform/exceptions';
import { createMessageDoor } from './message-door.ts';

function door(wrongSubmissions: readonly string[] = []) {
  const delivered: AddressedMessage[] = [];
  const quarantined: RefusedMessage[] = [];
  const submitted: string[] = [];
  const taken: string[] = [];
  const opened = createMessageDoor(inboundRoutes, {
    deliver: async (messages) => void delivered.push(...messages),
    submit: async (_, { id }) => {
      if (wrongSubmissions.includes(id)) return [{ code: 'unknown-customer', path: '/customer', message: 'who?' }];
      submitted.push(id);
      return [];
    },
    quarantine: async (message) => void quarantined.push(message),
    taken: async (_, ids) => void taken.push(...ids),
  });
  return { ...opened, delivered, quarantined, submitted, taken };
}

const cancelled = (id: string, data: unknown = { fulfilmentNumber: 'F-1' }, more: object = {}): InboundMessage => ({
  ...{ id, type: 'fulfilment.cancelled', key: 'F-1', data },
  ...{ occurredAt: '2026-03-01T00:00:00.000Z', original: `wire ${id}` },
  ...more,
});
const reading = (messages: readonly InboundMessage[], unreadable: Reading['unreadable'] = []): Reading => ({
  ...{ messages, unreadable, cursor: null, more: false },
});

test('a message whose schema changed in flight is refused whole, with every member that is new, missing or of another type (S21)', async () => {
  const one = door();
  const changed = { reason: 7, carrierRemark: 'new' };
  await one.accept('warehouse', reading([cancelled('1'), cancelled('2', changed), cancelled('3')]));
  expect(one.delivered.map(({ id }) => id)).toEqual(['1', '3']);
  expect(one.quarantined).toMatchObject([
    { source: 'warehouse', id: '2', original: 'wire 2', message: { data: changed } },
  ]);
  const differences = one.quarantined[0]?.failures.map(({ code, path }) => `${code} ${path}`);
  expect(differences?.toSorted()).toEqual([
    'required /data/fulfilmentNumber',
    'unknown-member /data/carrierRemark',
    'wrong-type /data/reason',
  ]);
  expect(one.taken).toEqual(['1', '3']);
});

test('what has no key, an unknown type or could not be read is kept, and nothing else is held up', async () => {
  const one = door();
  const { key: _, ...keyless } = cancelled('1');
  const unreadable = [{ id: '3', about: 'm-3', failures: [], original: 'x' }];
  await one.accept(
    'warehouse',
    reading([keyless, cancelled('2', {}, { type: 'weather.changed' }), cancelled('4')], unreadable),
  );
  expect(
    one.quarantined.map(({ id, failures, about, message }) => [id, failures[0]?.code, about, message?.type]),
  ).toEqual([
    ['3', undefined, 'm-3', undefined],
    ['1', 'no-key', undefined, 'fulfilment.cancelled'],
    ['2', 'unknown-type', undefined, 'weather.changed'],
  ]);
  expect(one.delivered.map(({ id }) => id)).toEqual(['4']);
});

test('a submission goes to the door of orders: refused it is kept as it was read, taken it closes what was refused before', async () => {
  const one = door(['bad']);
  const order = (id: string) => cancelled(id, { lines: [] }, { type: 'order.submitted' });
  await one.accept('crm', reading([order('bad'), order('good')]));
  expect([one.submitted, one.taken]).toEqual([['good'], ['good']]);
  expect(one.quarantined).toMatchObject([
    { id: 'bad', failures: [{ code: 'unknown-customer' }], message: { type: 'order.submitted' } },
  ]);
  expect(await one.admit('crm', order('bad'))).toMatchObject([{ code: 'unknown-customer' }]);
  expect(await one.admit('crm', order('other'))).toEqual([]);
});

test('a message that carries the trace of what caused it hands it on to its run', async () => {
  const one = door();
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  await one.accept('warehouse', reading([cancelled('1', undefined, { traceparent }), cancelled('2')]));
  expect(one.delivered.map((message) => message.traceparent)).toEqual([traceparent, undefined]);
});

test('a message that is admitted once more is checked as the first time', async () => {
  const one = door();
  expect(await one.admit('warehouse', cancelled('1', { reason: 'x' }))).toMatchObject([{ code: 'required' }]);
  expect(await one.admit('warehouse', cancelled('1'))).toEqual([]);
  expect(one.delivered).toMatchObject([{ id: '1', flow: 'fulfilment', key: 'F-1', source: 'warehouse' }]);
  expect([
    one.schemaOf('order.submitted'),
    one.schemaOf('fulfilment.cancelled'),
    one.schemaOf('weather.changed'),
  ]).toEqual([expect.anything(), expect.anything(), undefined]);
});
