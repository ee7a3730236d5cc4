import { setTimeout as wait } from 'node:timers/promises';

/** How long calls took, ms. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Exact, by sorting. */
export function latencyOf(times: readonly number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

const nothing = (): void => undefined;

export const inWords = ({ count, p50, p95, p99 }: Latency): string =>
  `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms of ${count}`;

interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
  /** Calls under way; a sender has only so many connections. Beyond it a tick waits for one that ends. Default: no bound. */
  readonly atMost?: number;
}

/** An open loop: a call is begun at each tick whatever became of the others. Resolves when all have ended, with what each gave. */
export async function atRate<Answer>(
  { perSecond, seconds, atMost = Number.POSITIVE_INFINITY }: Rate,
  call: (place: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const begun = performance.now();
  const calls: Promise<Answer>[] = [];
  const underWay = new Set<Promise<unknown>>();
  for (let place = 0; place < perSecond * seconds; place += 1) {
    const early = begun + (place * 1_000) / perSecond - performance.now();
    if (early > 1) await wait(early);
    while (underWay.size >= atMost) await Promise.race(underWay);
    const called = call(place);
    calls.push(called);
    const ended: Promise<unknown> = called.then(nothing, nothing).then(() => underWay.delete(ended));
    underWay.add(ended);
  }
  return Promise.all(calls);
}

/** What a call gave, and how long it took from its tick on. */
export async function timed<Answer>(work: () => Promise<Answer>): Promise<readonly [number, Answer]> {
  const from = performance.now();
  const answer = await work();
  return [performance.now() - from, answer];
}
