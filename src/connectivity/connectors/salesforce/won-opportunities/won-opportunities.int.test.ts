import { afterEach, describe, expect, test } from 'vitest';
import type { Feed } from '#connectivity/kit';
import { type Clock, fixedClock, type Json, systemClock } from '#model/kernel';
import { openOrganisation } from '../testing.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function given(settings: object = {}, theirClock: Clock = systemClock) {
  const organisation = await openOrganisation({ settings, theirClock });
  open.push(organisation.close);
  const [feed] = organisation.connection.feeds as [Feed];
  const read = (cursor?: Json) => feed.read(cursor, AbortSignal.timeout(10_000));
  return { ...organisation, read };
}

describe('won opportunities', () => {
  test('come as order submissions with the opportunity as their reference', async () => {
    const { win, read } = await given();
    const id = await win();
    const { messages, unreadable, more } = await read();
    expect({ unreadable, more }).toEqual({ unreadable: [], more: false });
    expect(messages).toMatchObject([
      {
        id: `opportunity:${id}`,
        type: 'order.submitted',
        data: {
          customer: '17850',
          customerPurchaseOrder: 'PO-1',
          sourceReference: id,
          lines: [
            { lineNumber: 1, kind: 'goods', item: '85123A', quantity: '6', unitPrice: '2.55' },
            { kind: 'charge', item: 'POST' },
          ],
        },
      },
    ]);
    expect(messages[0]).not.toHaveProperty('key');
    expect(messages[0]?.original).toContain('"ProductCode":"85123A"');
  });

  test('of hundreds of lines are whole though lists come in pages', async () => {
    const { win, read, crm } = await given();
    crm.dials.turn({ queryBatch: 1, childBatch: 40 });
    const lines = Array.from({ length: 250 }, (_, index) => ({
      lineNumber: index + 1,
      item: '85123A',
      quantity: '1',
      unitPrice: '2.55',
    }));
    await win({ lines });
    await win({ lines });
    const { messages } = await read();
    expect(messages.map(({ data }) => (data as { lines: unknown[] }).lines.length)).toEqual([250, 250]);
  });

  test('that share one stamp are cut between two readings and none is lost', async () => {
    const { win, read } = await given({ batch: 2 });
    const won = [await win(), await win(), await win(), await win(), await win()];
    const ids: string[] = [];
    let cursor: Json | undefined;
    for (let more = true; more; ) {
      const reading = await read(cursor);
      ids.push(...reading.messages.map(({ id }) => id));
      ({ cursor, more } = reading);
    }
    expect(ids).toEqual(won.map((id) => `opportunity:${id}`));
  });

  test('that nobody can read are told once with everything that is wrong, and come when they are repaired', async () => {
    const theirClock = fixedClock('2026-03-01T09:30:00.000Z');
    const { win, read, act } = await given({}, theirClock);
    const id = await win({ customer: undefined });
    const first = await read();
    expect(first.messages).toEqual([]);
    expect(first.unreadable).toMatchObject([
      { id: `opportunity:${id}:2026-03-01T09:30:00.000Z`, failures: [{ code: 'no-customer' }] },
    ]);
    const second = await read(first.cursor);
    expect(second.unreadable).toEqual([]);
    theirClock.advance(5_000);
    const other = JSON.parse(first.unreadable[0]?.original ?? '{}') as { Account: { attributes: { url: string } } };
    const account = other.Account.attributes.url.split('/').at(-1);
    await act('edit-record', { object: 'Account', id: account, fields: { AccountNumber: '17850' } });
    await act('edit-record', { object: 'Opportunity', id, fields: { Name: 'Now with a customer' } });
    const third = await read(second.cursor);
    expect(third.messages.map((message) => message.id)).toEqual([`opportunity:${id}`]);
  });

  test('that have an order already are not read again', async () => {
    const { win, read, act } = await given();
    const id = await win();
    await act('edit-record', { object: 'Opportunity', id, fields: { Crossdock_Order_Number__c: '100001' } });
    expect((await read()).messages).toEqual([]);
  });

  test('that are not won yet, or won before the integration began, do not come', async () => {
    const { win, read, act } = await given();
    const id = await win();
    await act('edit-record', { object: 'Opportunity', id, fields: { StageName: 'Negotiation' } });
    expect((await read()).messages).toEqual([]);
    const later = await given({ wonSince: '2999-01-01T00:00:00.000Z' });
    await later.win();
    expect((await later.read()).messages).toEqual([]);
  });
});
