import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '#platform/engine';
import { compileSchema } from '#platform/gateway';
import type { OrderRun, RecordedLine } from '../needs.ts';
import { narrative } from './narrative.ts';
import { type RunJournal, runsOfOrder } from './run-journal.ts';
import { Narrative } from './story.ts';

const run: OrderRun = {
  key: '100001',
  state: 'fulfilling',
  visit: 3,
  phase: 'forward',
  document: {},
  open: [{ name: 'release', occurrence: 'once', key: 'k-parked', visit: 1, parked: true }],
  cases: [],
  startedAt: '2026-03-01T09:30:00.000Z',
  updatedAt: '2026-03-01T09:30:00.000Z',
};

let clock = 0;
const journal = (
  flow: string,
  key: string,
  ...entries: readonly (JournalEntry & { instance?: string })[]
): RunJournal => ({
  flow,
  key,
  lines: entries.map((entry, index): RecordedLine => {
    clock += 1_000;
    return { seq: index + 1, at: new Date(clock).toISOString(), entry };
  }),
});

const asked = (name: string, key: string, instance?: string) =>
  ({
    kind: 'asked',
    name,
    occurrence: 'once',
    key,
    capability: 'sales-orders',
    request: { a: 1 },
    ...(instance === undefined ? {} : { instance }),
  }) as const;
const settled = (name: string, key: string, outcome: 'done' | 'refused' | 'failed'): JournalEntry =>
  ({
    kind: 'settled',
    name,
    occurrence: 'once',
    key,
    ...(outcome === 'done'
      ? { outcome, answer: { ref: 7 } }
      : { outcome, fault: { kind: 'business', code: 'no-credit', message: 'No credit.' } }),
  }) as const;
const received = (
  source: string,
  type: string,
  data: unknown,
  verdict: 'applied' | 'deferred' | 'ignored' | 'unexpected' = 'applied',
  because?: string,
) =>
  ({
    kind: 'received',
    message: { id: 'm', source, type, data, at: '2026-03-01T09:30:00.000Z' },
    verdict,
    ...(because === undefined ? {} : { because }),
  }) as const;

const tellOf = (...journals: readonly RunJournal[]) =>
  narrative(run, journals, new Map([['k-doubt', 'in doubt: asking' as const]]));
const sentences = (...entries: readonly (JournalEntry & { instance?: string })[]) =>
  tellOf(journal('order-to-cash', '100001', ...entries)).story.map(({ summary }) => summary);

describe('the story of an order', () => {
  test('has a sentence for everything that can stand in a journal', () => {
    const told = sentences(
      { kind: 'started', flow: 'order-to-cash', version: 1, by: 'api:shop' },
      { kind: 'entered', state: 'held', visit: 2 },
      asked('book-in-erp', 'k1', 'erp-main'),
      settled('book-in-erp', 'k1', 'refused'),
      settled('book-in-erp', 'k1', 'failed'),
      settled('book-in-erp', 'k1', 'done'),
      { kind: 'withdrawn', name: 'book-in-erp', occurrence: '1', key: 'k1' },
      { kind: 'told', fact: { type: 'order.held', data: {} } },
      { kind: 'sent', outgoing: { to: { flow: 'fulfilment', key: '1-N-1' }, type: 'stop', data: {} } },
      { kind: 'sent', outgoing: { to: 'parent', type: 'gone', data: {} } },
      { kind: 'child-started', flow: 'fulfilment', key: '1-N-1' },
      { kind: 'case-opened', opening: { cause: 'order-held', summary: 'Order is held.' } },
      { kind: 'case-closed', cause: 'order-held', because: 'it went on to reserving' },
      { kind: 'unwinding', to: 'closed' },
      { kind: 'ended', ending: 'cancelled' },
    );
    expect(told).toEqual([
      'Order 100001 began, started by api:shop.',
      '100001 is held: Somebody must decide: the holds say who and why.',
      'Asked erp-main to book in ERP.',
      'erp-main refused to book in ERP: No credit. (no-credit)',
      'erp-main did not book in ERP: No credit. (no-credit)',
      'Done by erp-main: book in ERP.',
      'Withdrew "book in ERP" before it was sent.',
      'Told everyone who listens: order.held.',
      'Sent stop to fulfilment 1-N-1.',
      'Sent gone to the order.',
      'Started fulfilment 1-N-1.',
      'Case "order-held" opened: Order is held.',
      'Case "order-held" closed: it went on to reserving.',
      'What was done is being undone, newest first; then it is closed.',
      'Order 100001 ended: cancelled.',
    ]);
  });

  test('tells messages with what came of them, and the decisions of people as theirs', () => {
    const told = sentences(
      received('wms-north', 'shipment.confirmed', {}),
      received('wms-north', 'shipment.confirmed', {}, 'deferred'),
      received('wms-north', 'shipment.confirmed', {}, 'ignored', 'it was reported before'),
      received('wms-north', 'shipment.confirmed', {}, 'unexpected'),
      received('engine', 'deadline', { state: 'held' }),
      received('api:finance', 'order.hold-released', { hold: 'credit', releasedBy: 'api:finance', reason: 'paid' }),
      received('api:shop', 'order.cancel-requested', { requestedBy: 'api:shop', reason: 'twice' }),
      received('engine', 'book-in-erp.done', {}),
    );
    expect(told).toEqual([
      'wms-north said shipment.confirmed.',
      'wms-north said shipment.confirmed. It is kept for later.',
      'wms-north said shipment.confirmed. It changes nothing here because it was reported before.',
      'wms-north said shipment.confirmed. Nobody expected it.',
      'The time for "held" was over.',
      'api:finance released hold credit: paid.',
      'api:shop asked to cancel: twice.',
    ]);
  });

  test('tells what a warehouse said as one would tell it', () => {
    const shipment = {
      ...{ shipmentNumber: 'S1', trackingNumber: '1Z7' },
      lines: [{ item: '71053', shipped: '8', short: '2', unit: 'EA' }],
    };
    const told = sentences(
      received('wms-north', 'fulfilment.acknowledged', { document: 'release', accepted: true, reasons: [] }),
      received('wms-north', 'fulfilment.acknowledged', {
        document: 'release',
        accepted: false,
        reasons: ['no address'],
      }),
      received('wms-north', 'shipment.confirmed', { shipment, final: true }),
      received('wms-north', 'fulfilment.cancelled', {}),
    );
    expect(told).toEqual([
      'wms-north acknowledged the release.',
      'wms-north could not read the release: no address.',
      'wms-north confirmed shipment S1: 8 EA 71053; short of 2 EA 71053, tracking 1Z7. Nothing more follows.',
      'wms-north will not ship it.',
    ]);
  });

  test('tells the news of the order as news, and not twice what the order told', () => {
    const story = tellOf(
      journal('order-news', '100001', received('/crossdock/flows/order-to-cash', 'order-news.changed', {}), {
        kind: 'entered',
        state: 'telling',
        visit: 2,
      }),
    ).story.map(({ summary }) => summary);
    expect(story).toEqual(['order news 100001 is telling: The CRM is being told.']);
  });

  test('tells what a person decided, and what became of a change', () => {
    const told = narrative(
      {
        ...run,
        document: {
          changes: [
            { id: '1', messageId: 'm', what: ['line 1 from 6 to 4'], verdict: 'refused', because: 'it has left' },
          ],
        },
      },
      [
        journal(
          'order-to-cash',
          '100001',
          received('person:jane', 'decide.retry', {
            effect: 'order-to-cash:100001:book-in-erp:1.1-NORTH',
            reason: 'the limit is raised',
          }),
          received('person:jane', 'decide.close', { cause: 'order-held', reason: 'known' }, 'ignored', 'it is closed'),
          received('api:shop', 'order.change-requested', { requestedBy: 'api:shop', reason: 'they rang' }),
        ),
      ],
      new Map(),
    );
    expect(told.story.map(({ summary }) => summary)).toEqual([
      'jane retried book in erp (1.1-NORTH), because: the limit is raised.',
      'jane closed the case "order-held", because: known. It changes nothing here because it is closed.',
      'api:shop asked for a change: line 1 from 6 to 4; they rang. It was refused: it has left.',
    ]);
  });

  test('puts what happened in one moment in order of cause', () => {
    const at = '2026-03-01T09:30:00.000Z';
    const inOneMoment = (flow: string, key: string, ...entries: readonly JournalEntry[]): RunJournal => ({
      flow,
      key,
      lines: entries.map((entry, index) => ({ seq: index + 1, at, entry })),
    });
    const parent = inOneMoment(
      'order-to-cash',
      '1',
      { kind: 'child-started', flow: 'fulfilment', key: '1-N-1' },
      received('flow:fulfilment/1-N-1', 'fulfilment.released', {}),
      received('flow:fulfilment/1-N-1', 'fulfilment.ended', {}),
      { kind: 'entered', state: 'closing', visit: 2 },
    );
    const child = inOneMoment(
      'fulfilment',
      '1-N-1',
      { kind: 'started', flow: 'fulfilment', version: 1, by: 'flow:order-to-cash/1' },
      { kind: 'sent', outgoing: { to: 'parent', type: 'fulfilment.released', data: {} } },
      { kind: 'entered', state: 'released', visit: 1 },
      { kind: 'ended', ending: 'completed' },
    );
    for (const journals of [
      [parent, child],
      [child, parent],
    ]) {
      const story = tellOf(...journals).story.map(({ run: of, summary }) => `${of}: ${summary.split(',')[0]}`);
      const place = (text: string): number => story.findIndex((line) => line.includes(text));
      expect(place('began')).toBeLessThan(place('1-N-1 is released'));
      expect(place('ended: completed')).toBeLessThan(place('1 is closing'));
      // What the fulfilment told the order says only what its own lines say.
      expect(story.filter((line) => line.includes('told fulfilment'))).toEqual([]);
    }
  });

  test('tells what a fulfilment told its order where nothing else does', () =>
    expect(
      sentences(
        received('flow:fulfilment/1-N-1', 'fulfilment.released', {}),
        received('flow:fulfilment/1-N-1', 'fulfilment.ended', {}, 'ignored', 'it has ended'),
      ),
    ).toEqual([
      'fulfilment 1-N-1 told fulfilment released.',
      'fulfilment 1-N-1 told fulfilment ended. It changes nothing here because it has ended.',
    ]));

  test('merges the journals by time', () => {
    const parent = journal('order-to-cash', '100001', { kind: 'entered', state: 'held', visit: 1 });
    const child = journal('fulfilment', '100001-N-1', { kind: 'entered', state: 'released', visit: 1 });
    const later = journal('order-to-cash', '100001', { kind: 'ended', ending: 'completed' });
    const merged = { ...parent, lines: [...parent.lines, ...later.lines] };
    expect(tellOf(merged, child).story.map(({ run: of, what }) => `${of} ${what}`)).toEqual([
      'order-to-cash/100001 state',
      'fulfilment/100001-N-1 state',
      'order-to-cash/100001 run',
    ]);
  });

  test('says where each effect stands', () => {
    const journals = [
      journal(
        'order-to-cash',
        '100001',
        ...['k-done', 'k-gone', 'k-doubt', 'k-open', 'k-parked'].map((key) => asked('release', key, 'wms')),
        settled('release', 'k-done', 'done'),
        { kind: 'withdrawn', name: 'release', occurrence: 'once', key: 'k-gone' },
      ),
    ];
    expect(tellOf(...journals).effects.map(({ key, status }) => [key, status])).toEqual([
      ['k-done', 'done'],
      ['k-gone', 'withdrawn'],
      ['k-doubt', 'in doubt: asking'],
      ['k-open', 'under way'],
      ['k-parked', 'parked'],
    ]);
  });

  test('says what each outside system said last, by an answer or a message', () => {
    const { says } = tellOf(
      journal(
        'order-to-cash',
        '100001',
        asked('check-customer', 'k1', 'erp-main'),
        asked('book-in-erp', 'k2', 'erp-main'),
        settled('check-customer', 'k1', 'done'),
        received('wms-north', 'fulfilment.acknowledged', { accepted: true }),
        settled('book-in-erp', 'k2', 'refused'),
        received('wms-north', 'shipment.confirmed', { final: true }),
        received('api:shop', 'order.cancel-requested', {}),
        received('flow:fulfilment/1', 'fulfilment.dispatched', {}),
        received('/crossdock/flows/order-to-cash', 'order-news.changed', {}),
      ),
    );
    expect(says).toMatchObject([
      { system: 'erp-main', about: 'book-in-erp', details: { code: 'no-credit' } },
      { system: 'wms-north', about: 'shipment.confirmed', details: { final: true } },
    ]);
  });

  test('is as its schema says', () => {
    const told = tellOf(
      journal('order-to-cash', '100001', asked('a', 'k1'), { ...asked('a', 'k1:undo'), undoes: true }),
    );
    expect(compileSchema(Narrative).failures(told)).toEqual([]);
    expect(told.story.at(-1)?.summary).toBe('Asked sales-orders to undo a.');
  });
});

test('the journals of an order are its own, its fulfilments, and its news, each once', async () => {
  const journals: Record<string, RunJournal> = {
    'order-to-cash/1': journal(
      'order-to-cash',
      '1',
      { kind: 'child-started', flow: 'fulfilment', key: '1-N-1' },
      { kind: 'child-started', flow: 'fulfilment', key: '1-N-1' },
      { kind: 'child-started', flow: 'fulfilment', key: '1-S-1' },
    ),
    'fulfilment/1-N-1': journal('fulfilment', '1-N-1', { kind: 'entered', state: 'released', visit: 1 }),
    'fulfilment/1-S-1': journal('fulfilment', '1-S-1', { kind: 'entered', state: 'released', visit: 1 }),
    'order-news/1': journal('order-news', '1', { kind: 'entered', state: 'quiet', visit: 1 }),
  };
  const found = await runsOfOrder('1', async (flow, key) => ({ lines: journals[`${flow}/${key}`]?.lines ?? [] }));
  expect(found.map(({ flow, key }) => `${flow}/${key}`)).toEqual([
    'order-to-cash/1',
    'order-news/1',
    'fulfilment/1-N-1',
    'fulfilment/1-S-1',
  ]);
});
