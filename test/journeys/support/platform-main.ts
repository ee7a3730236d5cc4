import { openSync, writeSync } from 'node:fs';
import { type Platform, parseConfiguration, startPlatform } from '#main';
import { createInventory } from '#platform/inventory';
import { type Database, openDatabase } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import type { Audit, Counted, CrashPlan, NodeOptions, Order, Passed, Report } from './platform-messages.ts';

/**
 * A Crossdock in a process of its own that a test may kill, or that kills itself at a durability boundary. It is told what to do
 * over the channel to its parent, and ends when that channel closes.
 */
let platform: Platform | undefined;
let database: Database | undefined;
let passed: Passed[] = [];
let plan: CrashPlan | undefined;
let trace: number | undefined;

const fits = (at: Passed, wanted: CrashPlan): boolean =>
  at.point === wanted.point &&
  (wanted.effect === undefined || at.effect === wanted.effect) &&
  (wanted.undo === undefined || at.key?.endsWith(':undo') === true);

function pass(point: string, { effect, key, attempt }: Readonly<Record<string, string | number>>): void {
  const at: Passed = {
    point,
    ...(effect === undefined ? {} : { effect: String(effect) }),
    ...(key === undefined ? {} : { key: String(key) }),
    ...(attempt === undefined ? {} : { attempt: Number(attempt) }),
  };
  if (trace === undefined || plan !== undefined) passed.push(at);
  if (trace !== undefined) writeSync(trace, `${JSON.stringify({ at: Date.now(), ...at })}\n`);
  const wanted = plan;
  if (wanted === undefined || !fits(at, wanted)) return;
  // No handler runs and nothing is flushed: the process is gone before the next instruction.
  if (passed.filter((each) => fits(each, wanted)).length === wanted.nth) process.kill(process.pid, 'SIGKILL');
}

/** Whoever changes the source of this process (the seeded bugs of the fault harness) counts here. */
const mutations = (): number => Number(Reflect.get(globalThis, Symbol.for('crossdock.mutations')) ?? 0);

async function start(databaseUrl: string, configuration: object, node: NodeOptions = {}): Promise<Report> {
  if (node.traceFile !== undefined) trace = openSync(node.traceFile, 'a');
  database = openDatabase({ url: databaseUrl, poolSize: node.poolSize ?? 10 });
  const log = createLog({ level: process.env.LOG_LEVEL ?? 'silent' });
  const checked = parseConfiguration('journey', configuration);
  const history = node.evidence === undefined ? {} : { history: { evidence: node.evidence } };
  const needs = { file: 'journey', configuration: checked, database, log };
  // Drains as long as `serve` does.
  const gateway = { drainMs: 5_000, ...(node.plan === undefined ? {} : { plan: node.plan }) };
  platform = await startPlatform(needs, { engine: { ...node.engine, ...history, crashAt: pass }, gateway });
  return { is: 'started', url: platform.url, mutations: mutations() };
}

async function count(items: readonly string[]): Promise<readonly Counted[]> {
  if (database === undefined) return [];
  const positions = await createInventory({ database }).availability(items);
  return positions.map(({ item, site, terms }) => {
    const term = (wanted: string): string => terms.find((each) => each.term === wanted)?.quantity ?? '0';
    return { item, site, onHand: term('on-hand'), claimed: term('reserved-firm').replace(/^-/, '') };
  });
}

function block(milliseconds: number): void {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
}

/** Piece by piece, so that other work goes on while memory runs out. */
async function exhaust(): Promise<never> {
  const taken: unknown[] = [];
  for (;;) {
    taken.push(Array.from({ length: 200_000 }, (_, place) => ({ place })));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function end(): Promise<never> {
  await platform?.stop();
  await database?.close();
  process.exit(0);
}

async function audit(runs: readonly { readonly flow: string; readonly key: string }[]): Promise<Audit> {
  const broken: string[] = [];
  for (const { flow, key } of runs) {
    const verdict = await platform?.engine.verify(flow, key);
    if (verdict?.intact !== true) broken.push(`${flow} ${key}: ${JSON.stringify(verdict ?? 'not there')}`);
  }
  const parked = (await platform?.engine.parked()) ?? [];
  return { broken, parked: parked.map(({ flow, key, cause, summary }) => `${flow} ${key} ${cause}: ${summary}`) };
}

async function obey(order: Order): Promise<Report> {
  switch (order.do) {
    case 'start':
      return start(order.databaseUrl, order.configuration, order.node);
    case 'watch':
      passed = [];
      plan = order.plan;
      return { is: 'watching' };
    case 'tell':
      // What others saw committed before they asked is known here too when the database has answered once more.
      await database?.pool.query('select 1');
      return { is: 'passed', passed };
    case 'audit':
      return { is: 'audited', audit: await audit(order.runs) };
    case 'count':
      return { is: 'counted', positions: await count(order.items) };
    case 'block':
      block(order.milliseconds);
      return { is: 'blocked' };
    case 'exhaust':
      return exhaust();
    case 'end':
      return end();
    default:
      return order satisfies never;
  }
}

const report = (told: Report): void => void process.send?.(told);

process.once('disconnect', () => process.exit(0));
process.on('message', (order: Order) => {
  obey(order).then(report, (thrown: unknown) => {
    report({ is: 'failed', why: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  });
});
report({ is: 'loaded' });
