import { type RunJournal, runsOfOrder } from '../narrative/run-journal.ts';
import type { EffectStanding, OrderRun, OrderRuns, OrdersNeeds, RecordedLine } from '../needs.ts';

/** A run of the order as it stands, with its journal. */
export interface RecordedRun extends RunJournal {
  /** Absent while it is being started. */
  readonly run?: OrderRun;
}

/** All that is known of an order, at one moment: its runs and their journals, and where the open effects stand. */
export interface OrderRecord {
  readonly order: OrderRun;
  /** The order's own first. */
  readonly runs: readonly RecordedRun[];
  readonly standings: ReadonlyMap<string, EffectStanding>;
  readonly asOf: string;
}

/** How often a run that moves while it is read is read again. */
const mostReadings = 3;

const isSame = (one: OrderRun | undefined, other: OrderRun | undefined): boolean =>
  one?.updatedAt === other?.updatedAt && one?.visit === other?.visit && one?.phase === other?.phase;

/** A run and its journal that belong together: neither is ahead of the other. */
async function readRun(
  engine: OrderRuns,
  flow: string,
  key: string,
): Promise<{ readonly lines: readonly RecordedLine[]; readonly run?: OrderRun }> {
  let before = await engine.view(flow, key);
  for (let reading = 1; ; reading += 1) {
    const lines = await engine.journal(flow, key);
    const run = await engine.view(flow, key);
    if (isSame(before, run) || reading === mostReadings) return { lines, ...(run === undefined ? {} : { run }) };
    before = run;
  }
}

/** Effects that have not come back and wait for nobody's decision: where they stand is known only to the engine. */
const openKeys = (runs: readonly RecordedRun[]): readonly string[] =>
  runs.flatMap(({ run }) => (run?.open ?? []).filter(({ parked }) => parked !== true).map(({ key }) => key));

/** Reads the record of an order that was found. */
export async function readOrderRecord(
  { engine, effectStandings }: Pick<OrdersNeeds, 'engine' | 'effectStandings'>,
  found: OrderRun,
  now: string,
): Promise<OrderRecord> {
  const runs = await runsOfOrder(found.key, (flow, key) => readRun(engine, flow, key));
  const standings = await effectStandings(openKeys(runs));
  return { order: runs[0]?.run ?? found, runs, standings, asOf: now };
}
