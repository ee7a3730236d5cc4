import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  carriedDay,
  createProgress,
  type DayRun,
  dayTables,
  type IncidentKind,
  makePlan,
  makeWorld,
  type Plan,
  readDay,
  runDay,
  startDemoPlatform,
  startSystems,
} from '../../../demo/index.ts';
import type { TrytonBooks } from './tryton-books.ts';
import { startTrytonErp } from './tryton-erp.ts';

/** Only a simulated ERP can be told to lose an answer. */
const without: readonly IncidentKind[] = [
  'erp-loses-create',
  'erp-loses-confirm',
  'erp-loses-shipment',
  'erp-loses-invoice',
];

const home = fileURLToPath(new URL('../../../.crossdock/tryton-day', import.meta.url));

/** Orders that are under way at once: more only make each other wait. */
const atOnce = 8;
/** An order that has not moved for so long never will. */
const timeoutMs = 300_000;
const settleMs = { quietMs: 3_000, atMostMs: 60_000 };

export interface TrytonDay {
  readonly plan: Plan;
  readonly run: DayRun;
  /** Of Tryton, when the day was over. */
  readonly books: TrytonBooks;
}

const write = (text: string): void => void process.stdout.write(text);

async function planned(seed: number, orders: number): Promise<Plan> {
  const day = await readDay(carriedDay);
  if (!day.ok) throw new Error('the carried day cannot be read');
  return makePlan(day.value, { seed, orders, without, every: true });
}

/** Runs a day of the demo, with every incident that a real Tryton lets happen, and ends everything that it started. */
export async function runTrytonDay(seed: number, orders: number): Promise<TrytonDay> {
  const progress = createProgress({ isTTY: false, write });
  const from = performance.now();
  const say = (what: string): void => progress.say(`${Math.round((performance.now() - from) / 1_000)} s: ${what}`);
  say(`a day of ${orders} orders with the real Tryton; seed ${seed}`);
  const plan = await planned(seed, orders);
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-tryton-day-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    const worldFile = join(directory, 'world.json');
    await writeFile(worldFile, JSON.stringify(makeWorld(plan)));
    const tryton = await startTrytonErp(home, worldFile);
    ends.unshift(tryton.stop);
    say('Tryton answers');
    const systems = await startSystems({ worldFile, directory, seed }, async () => ({
      ...tryton,
      stop: async () => {},
    }));
    ends.unshift(systems.stop);
    const platform = await startDemoPlatform(systems, 0);
    ends.unshift(platform.stop);
    say('the platform is up');
    const run = await runDay(plan, systems, platform, progress, { timeoutMs, atOnce, ...settleMs });
    say('the day is over');
    write(`${dayTables(run.report).join('\n')}\n`);
    return { plan, run, books: await tryton.books() };
  } finally {
    // One that does not end must not keep the others from ending.
    for (const end of ends) await end().catch((thrown: unknown) => say(`while ending: ${String(thrown)}`));
  }
}
