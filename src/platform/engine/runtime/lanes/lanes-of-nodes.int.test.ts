import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Priority } from '../../effect.ts';
import type { EngineNeeds } from '../create-engine.ts';
import type { Engine } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { eventually, startEngine } from '../testing/engine-under-test.ts';
import { createFakeTarget, type FakeTarget } from '../testing/fake-target.ts';
import { job, news } from '../testing/job.ts';
import type { LaneBudget, LaneEvent } from './lane-status.ts';

const flows = [news, job('backfill'), job('normal'), job('urgent')];
const leaseMs = 1_200;

describe('a lane of several nodes', () => {
  let own: TestDatabase;
  let target: FakeTarget;
  /** When each call came, and at which node. */
  let calls: { readonly node: string; readonly what: string; readonly at: number }[];
  let events: (LaneEvent & { readonly node: string })[];
  const engines: Engine[] = [];
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 40 });
    target = createFakeTarget();
    calls = [];
    events = [];
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) engine.kill();
    await own.drop();
  });

  async function node(
    name: string,
    lane: LaneBudget,
    options: EngineOptions = {},
    needs: Partial<EngineNeeds> = {},
  ): Promise<Engine> {
    const { verbs, ...provider } = target.provider('keyed', { lane });
    const act: typeof target.verbs.act = (request, call) => {
      calls.push({ node: name, what: request.what, at: performance.now() });
      return target.verbs.act(request, call);
    };
    const engine = await startEngine({
      database: own.database,
      flows,
      provider: { ...provider, verbs: { ...verbs, act } },
      needs: { onLane: (event) => events.push({ ...event, node: name }), ...needs },
      options: { node: name, leaseMs, ...options },
    });
    engines.push(engine);
    return engine;
  }

  const nodes = (names: readonly string[], lane: LaneBudget, options: EngineOptions = {}): Promise<Engine[]> =>
    Promise.all(names.map((name) => node(name, lane, options)));

  const jobs = (engine: Engine, priority: Priority, keys: readonly string[]) =>
    Promise.all(
      keys.map((key) => engine.start({ flow: `job-${priority}`, key, input: { what: key }, source: 'test' })),
    );
  const keys = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);
  const status = async (engine: Engine) => (await engine.lanes()).find(({ lane }) => lane === 'target');
  const by = (name: string): number => calls.filter((call) => call.node === name).length;

  test('never has more calls under way than the budget, and every node works', async () => {
    target.latencyMs = 15;
    const three = await nodes(['a', 'b', 'c'], { concurrency: 4 });
    await Promise.all(three.map((engine, index) => jobs(engine, 'normal', keys(`n${index}-`, 60))));
    await eventually(() => target.done.length === 180, 'all');
    expect(target.maxInFlight).toBeLessThanOrEqual(4);
    for (const name of ['a', 'b', 'c']) expect(by(name)).toBeGreaterThan(20);
  });

  test('with fewer slots than nodes lets every node have its turn', async () => {
    target.latencyMs = 10;
    const three = await nodes(['a', 'b', 'c'], { concurrency: 2 });
    await Promise.all(three.map((engine, index) => jobs(engine, 'normal', keys(`n${index}-`, 100))));
    await eventually(() => ['a', 'b', 'c'].every((name) => by(name) > 20), 'work on every node');
    await eventually(() => target.done.length === 300, 'all');
    expect(target.maxInFlight).toBeLessThanOrEqual(2);
  });

  test('keeps the rate over all nodes', async () => {
    const three = await nodes(['a', 'b', 'c'], { concurrency: 50, perSecond: 60 });
    await Promise.all(three.map((engine, index) => jobs(engine, 'normal', keys(`n${index}-`, 50))));
    await eventually(() => target.done.length === 150, 'all');
    const times = calls.map(({ at }) => at).sort((one, other) => one - other);
    // Any stretch of a second holds a second's worth and what may go at once; a hair for timers.
    for (const from of times) {
      expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(60 + 15 + 3);
    }
  });

  test('gives a joining node what it needs, and the others what a dead one held', async () => {
    target.latencyMs = 20;
    const one = await node('a', { concurrency: 6 });
    await jobs(one, 'normal', ['first']);
    await eventually(() => target.done.length === 1, 'the first');
    expect((await status(one))?.holders).toMatchObject([{ node: 'a', slots: 6 }]);
    const two = await node('b', { concurrency: 6 });
    await jobs(two, 'normal', keys('joined', 40));
    await eventually(() => by('b') > 0, 'a call of the node that joined');
    await eventually(async () => ((await status(one))?.holders.length ?? 0) === 2, 'both hold some');
    two.kill();
    await jobs(one, 'normal', keys('left', 20));
    await eventually(async () => (await status(one))?.holders.every(({ slots }) => slots === 6) ?? false, 'all at one');
    await eventually(() => target.done.filter(({ what }) => what.startsWith('left')).length === 20, 'all of one');
    expect(target.maxInFlight).toBeLessThanOrEqual(6);
  });

  test('a node that leaves in order gives back at once', async () => {
    const [one, two] = await nodes(['a', 'b'], { concurrency: 2 }, { leaseMs: 60_000 });
    await Promise.all([one, two].map((engine, index) => engine && jobs(engine, 'normal', [`n${index}`])));
    await eventually(() => target.done.length === 2, 'both');
    await two?.stop();
    await eventually(
      async () => (await status(one as Engine))?.holders.every(({ node: name }) => name === 'a') ?? false,
      'all at a',
    );
  });

  test('the urgent of one node is not starved by the backfill of another', async () => {
    target.latencyMs = 30;
    const [one, two] = await nodes(['a', 'b'], { concurrency: 2 });
    await jobs(one as Engine, 'backfill', keys('b', 150));
    await eventually(() => calls.length > 10, 'a busy lane');
    await jobs(two as Engine, 'urgent', keys('u', 10));
    await eventually(() => target.done.filter(({ what }) => what.startsWith('u')).length === 10, 'the urgent ones');
    expect(target.done.length).toBeLessThan(120);
    expect(target.maxInFlight).toBeLessThanOrEqual(2);
  });

  test('a pause that one node was asked for is kept by all, and one call finds out that it is over', async () => {
    target.next('p0', { retryAfterMs: 900 });
    const [one, two, three] = (await nodes(['a', 'b', 'c'], { concurrency: 6 })) as [Engine, Engine, Engine];
    await jobs(one, 'normal', ['p0']);
    await eventually(() => events.some(({ what }) => what === 'opened'), 'the pause');
    const asked = performance.now();
    target.latencyMs = 120;
    await Promise.all([jobs(two, 'normal', keys('q', 10)), jobs(three, 'normal', keys('r', 10))]);
    await eventually(() => calls.length > 1, 'a probe');
    expect(performance.now() - asked).toBeGreaterThan(600);
    expect((await status(three))?.state).toBe('probing');
    expect(calls).toHaveLength(2);
    await eventually(() => target.done.length === 21, 'all');
    expect(target.done.every(({ attempt }) => attempt === 1)).toBe(true);
    expect(events.map(({ what }) => what)).toEqual(['opened', 'closed']);
  });

  test('an outage is told once, spends no attempts, has no forecast, and what it kept goes most urgent first', async () => {
    target.isAway = true;
    const [one, two] = (await nodes(['a', 'b'], { concurrency: 1 }, { breakerThreshold: 2, laneDepth: 8 })) as [
      Engine,
      Engine,
    ];
    await jobs(one, 'normal', ['n0', 'n1']);
    await eventually(() => events.length > 0, 'an open breaker');
    await Promise.all([jobs(one, 'backfill', keys('b', 30)), jobs(two, 'normal', keys('m', 10))]);
    await jobs(two, 'urgent', keys('u', 5));
    await eventually(async () => ((await status(one))?.backlog.total ?? 0) >= 40, 'the backlog');
    const shown = await status(two);
    expect(['breaker-open', 'probing']).toContain(shown?.state);
    expect(shown?.backlog.byPriority.map(({ priority }) => priority)).toEqual(['urgent', 'normal', 'backfill']);
    expect(shown?.forecast).toMatchObject({ known: false });
    expect(shown?.oldest).toBeDefined();
    target.isAway = false;
    await eventually(() => target.done.length === 47, 'all');
    expect(events.map(({ what }) => what)).toEqual(['opened', 'closed']);
    expect(target.done.every(({ attempt }) => attempt <= 3)).toBe(true);
    const order = target.done.map(({ what }) => what[0]);
    expect(order.lastIndexOf('u')).toBeLessThan(order.indexOf('b') + 6);
    expect(target.maxInFlight).toBe(1);
  });

  test('is paused and resumed for all nodes by a person, who says why', async () => {
    const [one, two] = (await nodes(['a', 'b'], { concurrency: 2 }, { leaseMs: 60_000 })) as [Engine, Engine];
    await Promise.all([jobs(one, 'normal', ['x']), jobs(two, 'normal', ['y'])]);
    await eventually(() => target.done.length === 2, 'both nodes in the lane');
    expect(await one.pauseLane('target', 'person:jane', 'stock taking')).toBe(true);
    expect(await one.pauseLane('nobody', 'person:jane', 'x')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await Promise.all([jobs(one, 'normal', keys('k', 3)), jobs(two, 'normal', keys('l', 3))]);
    await eventually(async () => (await status(two))?.backlog.total === 6, 'they wait');
    expect(await status(two)).toMatchObject({
      state: 'paused',
      paused: { by: 'person:jane', because: 'stock taking' },
      forecast: { known: false },
    });
    expect(calls).toHaveLength(2);
    await two.resumeLane('target', 'person:joe', 'counted');
    await eventually(() => target.done.length === 8, 'all');
    expect(events.map(({ what, by: who }) => `${what} ${who}`)).toEqual(['paused person:jane', 'resumed person:joe']);
    expect(await one.laneHistory('target')).toMatchObject([
      { what: 'resumed', who: 'person:joe', because: 'counted' },
      { what: 'paused', who: 'person:jane', because: 'stock taking' },
    ]);
  });

  test('holds its work in its maintenance window and says until when', async () => {
    const clock = fixedClock('2026-07-04T21:30:00.000Z');
    const maintenance = [{ days: ['saturday'], from: '22:00', to: '23:00', timeZone: 'Europe/London' }] as const;
    const one = await node('a', { concurrency: 2, perSecond: 100, maintenance }, {}, { clock });
    await jobs(one, 'normal', ['held']);
    await eventually(async () => (await status(one))?.backlog.total === 1, 'it waits');
    expect(await status(one)).toMatchObject({
      state: 'maintenance',
      maintenanceUntil: '2026-07-04T22:00:00.000Z',
      forecast: { known: true, clearsAt: expect.stringMatching(/^2026-07-04T22:00:00/) },
    });
    expect(calls).toEqual([]);
    clock.advance(30 * 60_000);
    await eventually(() => target.done.length === 1, 'the end of the window');
  });

  test('tells how fast it drains and when it is done', async () => {
    target.latencyMs = 5;
    const one = await node('a', { concurrency: 1, perSecond: 20 });
    await jobs(one, 'normal', keys('n', 60));
    await eventually(async () => ((await status(one))?.drainPerSecond ?? 0) > 0, 'a pace');
    const shown = await status(one);
    expect(shown?.drainPerSecond).toBeGreaterThan(5);
    expect(shown?.forecast).toMatchObject({ known: true, basis: expect.stringMatching('observed') });
  });

  test('keeps the order of one run’s effects over nodes', async () => {
    target.latencyMs = 300;
    const [one, two] = (await nodes(['a', 'b'], { concurrency: 8 })) as [Engine, Engine];
    await one.start({ flow: 'news', key: 'n', input: { what: '' }, source: 'test' });
    await eventually(() => calls.length === 1, 'the first news under way');
    await two.deliver([{ flow: 'news', key: 'n', id: '1', source: 'test', type: 'news.changed', data: {} }]);
    await eventually(() => target.done.length === 2, 'both told');
    expect(calls.map(({ what }) => what)).toEqual(['news 0', 'news 1']);
    expect((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThan(290);
  });
});
