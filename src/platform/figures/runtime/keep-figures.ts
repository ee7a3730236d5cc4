import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '#model/kernel';
import { inTransaction } from '#platform/storage';
import type { FigureSet } from '../figure.ts';
import { rollMonths } from './roll-months.ts';
import { rollStale } from './roll-up.ts';
import { type SamplerNeeds, sampleDue } from './sample-courses.ts';
import { allIsDue } from './sql/courses.ts';
import { basis, oneSampler, setBasis } from './sql/samples.ts';

export interface KeepNeeds extends SamplerNeeds {
  readonly log?: (event: string, details: Readonly<Record<string, Json>>) => void;
}

export interface KeepOptions {
  /** How often to look for what is due, ms. Default 10 000: what goes by in a minute is looked at a few times, and not at each step. */
  readonly everyMs?: number;
  /** How often the present day is summed up, ms; until then its figures come from its samples. Default 60 000. */
  readonly todayEveryMs?: number;
}

/** Names the definitions and the time zone that samples are made by. */
const fingerprintOf = (sets: readonly FigureSet[], timeZone: string): string =>
  createHash('sha256')
    .update(JSON.stringify([timeZone, sets.map(({ set, version }) => `${set}@${version}`)]))
    .digest('hex');

/** With other definitions or another time zone everything is due; answers whether it is. */
export async function checkBasis({ database, sets, timeZone }: SamplerNeeds): Promise<boolean> {
  const fingerprint = fingerprintOf(sets, timeZone);
  return inTransaction(database, async (client) => {
    await client.query(oneSampler);
    const { rows } = await client.query<{ fingerprint: string }>(basis);
    if (rows[0]?.fingerprint === fingerprint) return false;
    await client.query(setBasis, [fingerprint]);
    await client.query(allIsDue);
    return true;
  });
}

/** Brings samples and sums up to date once: everything that is due, and every stale day before today. */
export async function bringUpToDate(needs: SamplerNeeds, alsoToday: boolean, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && (await sampleDue(needs)) > 0);
  while (!signal?.aborted && (await rollStale(needs, alsoToday)) > 0);
  while (!signal?.aborted && (await rollMonths(needs)) > 0);
}

/** Keeps samples and sums up to date until the signal: work for one node at a time, harmless on two. */
export async function keepFigures(signal: AbortSignal, needs: KeepNeeds, options: KeepOptions = {}): Promise<void> {
  const { log = () => undefined } = needs;
  const { everyMs = 10_000, todayEveryMs = 60_000 } = options;
  if (await checkBasis(needs)) log('figures-anew', { timeZone: needs.timeZone });
  for (let todayAt = performance.now(); !signal.aborted; ) {
    const alsoToday = performance.now() - todayAt >= todayEveryMs;
    try {
      await bringUpToDate(needs, alsoToday, signal);
      if (alsoToday) todayAt = performance.now();
    } catch (thrown) {
      log('figures-not-kept', { message: String(thrown) });
    }
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
