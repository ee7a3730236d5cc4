import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Advanced, WatchedEffect } from '#platform/engine';
import { createTracing, readTraceparent, type Tracing, traceIdOf } from './index.ts';
import { type OtlpCollector, startOtlpCollector } from './testing/index.ts';

let collector: OtlpCollector;
let tracing: Tracing | undefined;
const said: string[] = [];
beforeEach(async () => {
  collector = await startOtlpCollector();
  said.length = 0;
});
afterEach(async () => {
  await tracing?.close();
  tracing = undefined;
  await collector.close();
});

const rootOf = (flow: string, key: string) => ({
  flow: flow === 'part' ? 'whole' : flow,
  key: key.split('-')[0] ?? key,
});
async function follow({ share = 1 } = {}): Promise<Tracing> {
  tracing = await createTracing({
    ...{ url: `${collector.url}/v1/traces`, share, instance: 'node-1', rootOf, everyMs: 20 },
    log: (event, details) => void said.push(`${event} ${JSON.stringify(details)}`),
  });
  return tracing;
}
const effect = (runKey: string): WatchedEffect => ({
  ...{
    key: `part:${runKey}:book:once`,
    flow: { name: 'part' },
    runKey,
    name: 'book',
    undoes: false,
    instance: 'books',
  },
  ...{
    effect: { uses: { name: 'ledgers' }, verb: 'post' },
    attempt: 1,
    askedAt: new Date(Date.now() - 5_000).toISOString(),
  },
});
const advance = (key: string, traceparent?: string): Advanced => ({
  ...{
    runId: 'r',
    flow: 'whole',
    flowVersion: 1,
    startedAt: new Date().toISOString(),
    version: 2,
    at: new Date().toISOString(),
  },
  run: {
    ...{ key, state: 'gone', visit: 1, document: { secret: 'a name' }, phase: 'forward', open: [], undoable: [] },
    ...{ asked: [], children: [], cases: [], deferred: [] },
  },
  entries: [
    {
      kind: 'received',
      verdict: 'applied',
      message: {
        ...{ id: 'm', source: 'person:anna', type: 'left', data: { name: 'Anna' }, at: '' },
        ...(traceparent === undefined ? {} : { traceparent }),
      },
    },
  ],
});
const trace = traceIdOf('whole', '7');

describe('a story', () => {
  test('is one trace: an effect with its calls, whoever asks, and the run', async () => {
    const { watch, advanced } = await follow();
    const asking = effect('7-a');
    const call = watch.calling(asking, 'send');
    expect(readTraceparent(call?.traceparent)).toMatchObject({ traceId: trace, isSampled: true });
    call?.ended('fault', { kind: 'transient', code: 'away', message: 'Anna was not in' });
    watch.calling(asking, 'ask')?.ended('answer');
    watch.settled(asking, 'done');
    advanced(advance('7'));
    await vi.waitFor(() => expect(collector.spans().length).toBe(4));
    const spans = collector.spans();
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([trace]));
    const [sent, asked, whole, run] = spans;
    expect(sent).toMatchObject({ name: 'books ledgers.post', kind: 3, isFailed: true });
    expect(sent?.attributes).toMatchObject({ 'crossdock.fault.kind': 'transient', 'crossdock.fault.code': 'away' });
    expect(asked).toMatchObject({ name: 'books ledgers.post (asks)', isFailed: false });
    expect([sent?.parentId, asked?.parentId]).toEqual([whole?.spanId, whole?.spanId]);
    expect((whole?.endMs ?? 0) - (whole?.startMs ?? 0)).toBeGreaterThan(4_900);
    expect(run).toMatchObject({ name: 'whole → gone', kind: 5 });
  });

  test('tells no payload, no fault’s message and no person', async () => {
    const { watch, advanced } = await follow();
    watch.calling(effect('7'), 'send')?.ended('fault', { kind: 'business', code: 'no', message: 'Anna owes too much' });
    advanced(advance('7'));
    await vi.waitFor(() => expect(collector.spans().length).toBe(2));
    expect(JSON.stringify(collector.spans())).not.toMatch(/anna|a name/i);
  });

  test('keeps the trace from which a message came as a link', async () => {
    const other = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    (await follow()).advanced(advance('7', other));
    await vi.waitFor(() => expect(collector.spans().length).toBe(1));
    expect(collector.spans()[0]).toMatchObject({
      traceId: trace,
      links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }],
    });
  });

  test('is followed whole or not at all, and what is not followed still says which story it is of', async () => {
    const { watch, advanced } = await follow({ share: 0.3 });
    const keys = Array.from({ length: 200 }, (_, index) => String(index));
    for (const key of keys) {
      const call = watch.calling(effect(key), 'send');
      expect(readTraceparent(call?.traceparent)?.traceId).toBe(traceIdOf('whole', key));
      call?.ended('answer');
      watch.settled(effect(key), 'done');
      advanced(advance(key));
    }
    await tracing?.close();
    const byTrace = Map.groupBy(collector.spans(), ({ traceId }) => traceId);
    expect([...byTrace.values()].every((spans) => spans.length === 3)).toBe(true);
    expect(byTrace.size).toBeGreaterThan(35);
    expect(byTrace.size).toBeLessThan(90);
  });
});

describe('a request', () => {
  const told = { method: 'POST', api: 'orders', operation: 'submitOrder', traceparent: undefined, elapsedMs: 3 };

  test('that touches an order is of its trace, and what it sends says so', async () => {
    const { requests, watch } = await follow();
    const request = {};
    const sent = await requests.follow(request, told, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return watch.entering('whole', '7');
    });
    requests.answered(request, 202);
    await vi.waitFor(() => expect(collector.spans().length).toBe(1));
    const [span] = collector.spans();
    expect(span).toMatchObject({ name: 'POST orders submitOrder', kind: 2, traceId: trace });
    expect(readTraceparent(sent)).toEqual({ traceId: trace, spanId: span?.spanId, isSampled: true });
    expect(watch.entering('whole', '7')).toBeUndefined();
  });

  test('with a traceparent is its caller’s, is linked to the order, and has a span of it in the order’s trace', async () => {
    const { requests, watch } = await follow();
    const request = {};
    const traceparent = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
    requests.follow(request, { ...told, traceparent }, () => watch.entering('whole', '7'));
    requests.answered(request, 202);
    await vi.waitFor(() => expect(collector.spans().length).toBe(2));
    const [callers, orders] = collector.spans();
    expect(callers).toMatchObject({ traceId: 'c'.repeat(32), parentId: 'd'.repeat(16), links: [{ traceId: trace }] });
    expect(orders).toMatchObject({ traceId: trace, links: [{ traceId: 'c'.repeat(32), spanId: callers?.spanId }] });
  });
});

describe('a collector', () => {
  test('that does not take spans, or does not answer, holds nobody up and is one line of log', async () => {
    const { add, figures, close } = await follow();
    collector.answer(400);
    const span = {
      ...{ traceId: trace, spanId: 'e'.repeat(16), name: 'x', kind: 'internal' as const },
      ...{ startMs: 1, endMs: 2 },
    };
    for (let round = 1; round <= 3; round += 1) {
      add({ ...span, attributes: {} });
      await vi.waitFor(() => expect(figures().failed).toBe(round));
    }
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('traces-not-exported');
    collector.answer('hang');
    for (let index = 0; index < 12_000; index += 1) add({ ...span, attributes: {} });
    expect(figures().dropped).toBe(2_000);
    const from = performance.now();
    await close();
    expect(performance.now() - from).toBeLessThan(4_000);
  });
});
