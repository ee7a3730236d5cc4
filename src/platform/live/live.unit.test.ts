import { describe, expect, test, vi } from 'vitest';
import { fixedClock } from '#model/kernel';
import {
  askForRecent,
  type Change,
  type ChangeSource,
  compareLooks,
  createLive,
  type Happening,
  type ToldChange,
} from './index.ts';

type Topic = 'orders' | 'lanes';
const clock = fixedClock('2026-03-01T09:30:00.000Z');
const all = new Set<Topic>(['orders', 'lanes']);

/** A source whose teller is kept at hand. */
function handSource() {
  const hand = { tell: (_: Change<Topic>): void => undefined, begun: 0, ended: 0 };
  const source: ChangeSource<Topic> = (tell, signal) => {
    hand.tell = tell;
    hand.begun += 1;
    signal.addEventListener('abort', () => {
      hand.ended += 1;
    });
  };
  return { hand, source };
}

const open = (sources: readonly ChangeSource<Topic>[], quietMs = 1) => {
  const notes: string[] = [];
  return { notes, live: createLive<Topic>({ sources, clock, log: (event) => void notes.push(event) }, { quietMs }) };
};

function listen(
  live: ReturnType<typeof open>['live'],
  hearing: { topics?: Set<Topic>; sites?: readonly string[] } = {},
) {
  const leave = new AbortController();
  const told: ToldChange<Topic>[] = [];
  const over = (async () => {
    for await (const each of live.changes(leave.signal, { topics: all, ...hearing })) told.push(each);
  })();
  return { told, leave: () => leave.abort(), over };
}

describe('changes that are told', () => {
  test('sources begin with the first listener and end with the last', async () => {
    const { hand, source } = handSource();
    const { live } = open([source]);
    const one = listen(live);
    const two = listen(live);
    await vi.waitFor(() => expect(hand.begun).toBe(1), 10_000);
    one.leave();
    await one.over;
    expect([live.listeners(), hand.ended]).toEqual([1, 0]);
    two.leave();
    await two.over;
    expect([live.listeners(), hand.ended]).toEqual([0, 1]);
    const three = listen(live);
    await vi.waitFor(() => expect(hand.begun).toBe(2), 10_000);
    three.leave();
    await three.over;
  });

  test('a source that fails is noted, and the others go on', async () => {
    const { hand, source } = handSource();
    const { live, notes } = open([() => Promise.reject(new Error('away')), source]);
    const { told, leave, over } = listen(live);
    await vi.waitFor(() => expect(notes).toEqual(['live-source-failed']), 10_000);
    hand.tell({ topic: 'lanes', things: [{ key: 'erp' }] });
    await vi.waitFor(() => expect(told).toEqual([{ topic: 'lanes', keys: ['erp'], at: clock.now() }]), 10_000);
    leave();
    await over;
  });

  test('more than fifty are not named', async () => {
    const { hand, source } = handSource();
    const { live } = open([source]);
    const { told, leave, over } = listen(live);
    await vi.waitFor(() => expect(hand.begun).toBe(1), 10_000);
    for (let n = 0; n < 10_000; n += 1) hand.tell({ topic: 'orders', things: [{ key: `SO-${n}` }] });
    await vi.waitFor(() => expect(told).toEqual([{ topic: 'orders', at: clock.now() }]), 10_000);
    leave();
    await over;
  });

  test('one who does not take what is told keeps no more of it than one who does', async () => {
    const { hand, source } = handSource();
    const { live } = open([source]);
    const changes = live.changes(new AbortController().signal, { topics: all })[Symbol.asyncIterator]();
    const first = changes.next();
    await vi.waitFor(() => expect(hand.begun).toBe(1), 10_000);
    hand.tell({ topic: 'orders', things: [{ key: 'SO-1' }] });
    expect((await first).value).toMatchObject({ keys: ['SO-1'] });
    for (let n = 0; n < 100_000; n += 1) hand.tell({ topic: 'orders', things: [{ key: `SO-${n}` }] });
    expect((await changes.next()).value).toEqual({ topic: 'orders', at: clock.now() });
    await changes.return?.(undefined);
    expect(live.listeners()).toBe(0);
  });

  test('of some warehouses: theirs, and what is everybody’s', async () => {
    const { hand, source } = handSource();
    const { live } = open([source]);
    const { told, leave, over } = listen(live, { sites: ['WEST'] });
    await vi.waitFor(() => expect(hand.begun).toBe(1), 10_000);
    hand.tell({
      topic: 'orders',
      things: [
        { key: 'none', sites: [] },
        { key: 'east', sites: ['EAST'] },
        { key: 'both', sites: ['EAST', 'WEST'] },
      ],
    });
    hand.tell({ topic: 'lanes', things: [{ key: 'erp' }] });
    await vi.waitFor(() => expect(told).toHaveLength(2), 10_000);
    expect(told.map(({ keys }) => keys)).toEqual([['both'], ['erp']]);
    leave();
    await over;
  });
});

describe('a source that compares', () => {
  test('tells what came, what went and what shows otherwise, and nothing at first', async () => {
    const looks = [
      [
        { key: 'a', shows: '1' },
        { key: 'b', shows: '1' },
      ],
      [
        { key: 'a', shows: '2' },
        { key: 'c', shows: '1', sites: ['WEST'] },
      ],
      undefined,
      [
        { key: 'a', shows: '2' },
        { key: 'c', shows: '1', sites: ['WEST'] },
      ],
    ];
    const end = new AbortController();
    const told: Change<Topic>[] = [];
    const look = async () => {
      const next = looks.shift();
      if (looks.length === 0) end.abort();
      if (next === undefined) throw new Error('away');
      return next;
    };
    await compareLooks<Topic>('lanes', look, 1)((change) => void told.push(change), end.signal);
    expect(told).toEqual([{ topic: 'lanes', things: [{ key: 'a' }, { key: 'b' }, { key: 'c', sites: ['WEST'] }] }]);
  });
});

describe('a source that asks what is recent', () => {
  test('tells each once, though it looks back, and nothing from before', async () => {
    const happening = (id: string): Happening<Topic> => ({ id, topic: 'orders', things: [{ key: id }] });
    const answers = [
      [happening('old')],
      [happening('old'), happening('new')],
      undefined,
      [happening('new'), happening('newer')],
    ];
    const since: string[] = [];
    const end = new AbortController();
    const told: Change<Topic>[] = [];
    const now = fixedClock('2026-03-01T09:30:00.000Z');
    const ask = async (from: string) => {
      since.push(from);
      now.advance(1_000);
      const next = answers.shift();
      if (answers.length === 0) end.abort();
      if (next === undefined) throw new Error('away');
      return next;
    };
    const options = { everyMs: 1, overlapMs: 10_000, now: now.now };
    await askForRecent(ask, options)((change) => void told.push(change), end.signal);
    expect(told.map(({ things }) => things)).toEqual([[{ key: 'new' }], [{ key: 'newer' }]]);
    // What was asked in vain is asked again from the same moment on.
    expect(since).toEqual([
      '2026-03-01T09:29:50.000Z',
      '2026-03-01T09:29:50.000Z',
      '2026-03-01T09:29:51.000Z',
      '2026-03-01T09:29:51.000Z',
    ]);
  });
});
