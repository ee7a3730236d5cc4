import { median, significant } from '../kit/statistics.ts';
import { advancesPerFlow } from './contender.ts';
import type { ContenderClient } from './contender-client.ts';
import type { Drive } from './drive.ts';
import { loadHistory } from './load-history.ts';
import { type Measure, meets } from './measure.ts';
import type { PeakOptions } from './peak.ts';
import { type Retained, readRetained } from './retained.ts';
import type { Rounds } from './rounds.ts';
import type { Stage } from './stage.ts';
import { observe, type Window } from './window.ts';

/** What an advance may write to the log beside what it leaves for ever, bytes. */
const walAllowance = 1_200;
const walFactor = 1.2;

interface Writes {
  readonly window: Window;
  readonly retainedPerAdvance: number;
  readonly limit: number;
}

async function observeWrites(stage: Stage, ours: ContenderClient, drive: Drive): Promise<Writes> {
  const database = stage.databaseOf(ours);
  const before: Retained = await readRetained(database);
  const window = await observe(stage, ours, drive, async () => {
    await new Promise((resolve) => setTimeout(resolve, (drive.seconds * 1_000) / 2));
    await stage.server.client.query('checkpoint');
  });
  const after = await readRetained(database);
  const advances = ((after.rows.run ?? 0) - (before.rows.run ?? 0)) * advancesPerFlow;
  const retainedPerAdvance = (after.bytes - before.bytes) / advances;
  return { window, retainedPerAdvance, limit: walAllowance + walFactor * retainedPerAdvance };
}

function walMeasure(seen: readonly Writes[], note: string): Measure {
  const perAdvance = seen.map(({ window }) => window.walBytesPerFlow / advancesPerFlow);
  const ratios = seen.map(({ limit }, round) => (perAdvance[round] ?? 0) / limit);
  const target = { atMost: 1 };
  return {
    measure: 'P6',
    what: 'write-ahead log of one advance, a checkpoint inside',
    against: '1.2 KB + 1.2 × the bytes that the advance leaves for ever',
    fsync: 'native',
    unit: 'bytes',
    target,
    ratio: significant(median(ratios)),
    ours: significant(median(perAdvance)),
    theirs: significant(median(seen.map(({ limit }) => limit))),
    rounds: seen.length,
    perRound: seen.map(({ limit }, round) => ({
      ours: significant(perAdvance[round] ?? 0),
      theirs: significant(limit),
    })),
    met: meets(median(ratios), target),
    note: `${significant(median(seen.map(({ retainedPerAdvance }) => retainedPerAdvance)))} bytes stay; ${note}`,
  };
}

function fsyncMeasure(seen: readonly Writes[], note: string): Measure {
  const perOrder = seen.map(({ window }) => window.fsyncsPerFlow);
  const target = { atMost: 0.35 };
  return {
    measure: 'P6',
    what: 'fsyncs of one order under load, a checkpoint inside',
    against: 'one order',
    fsync: 'native',
    unit: 'fsyncs',
    target,
    ratio: significant(median(perOrder)),
    ours: significant(median(perOrder)),
    theirs: 1,
    rounds: seen.length,
    perRound: perOrder.map((value) => ({ ours: significant(value), theirs: 1 })),
    met: meets(median(perOrder), target),
    note,
  };
}

/** P6: what is written for one advance and one order, on a server where nothing else writes. */
export async function measureWrites(
  stage: Stage,
  ours: ContenderClient,
  { rounds, seconds, say }: PeakOptions,
  isLoaded: boolean,
): Promise<{ readonly measures: readonly Measure[]; readonly windows: Rounds }> {
  const drive: Drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds };
  const quiet = { opened: async () => undefined, closed: async () => undefined };
  await ours.drive({ ...drive, rampSeconds: 0, seconds: 2 }, quiet);
  if (isLoaded) await loadHistory(stage.databaseOf(ours), say);
  const history = isLoaded ? '1M ended runs and 5M receipts loaded before' : 'on young tables';
  say(`writes, ${history}: ${rounds} rounds of ${seconds} s each, a checkpoint in the middle`);
  const seen: Writes[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const writes = await observeWrites(stage, ours, drive);
    seen.push(writes);
    const wal = Math.round(writes.window.walBytesPerFlow / advancesPerFlow);
    say(`  round ${round + 1}: ${wal} bytes an advance, ${writes.window.fsyncsPerFlow.toFixed(3)} fsyncs an order`);
  }
  const exact = stage.server.countsExactly ? '' : ', fsyncs by the server’s statistics';
  return {
    measures: [walMeasure(seen, history), fsyncMeasure(seen, `${history}${exact}`)],
    windows: new Map([['crossdock, checkpoint inside', seen.map(({ window }) => window)]]),
  };
}
