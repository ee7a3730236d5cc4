import { Agent, request } from 'undici';
import { percentile } from '../kit/statistics.ts';
import type { Question } from './questions.ts';

/** How long one kind of question took, ms. */
export interface Asked {
  readonly kind: string;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly worst: number;
  /** Of each call. */
  readonly times: readonly number[];
}

interface Door {
  readonly url: string;
  readonly key: string;
}

function summed(kind: string, times: readonly number[]): Asked {
  const at = (share: number): number => percentile(times, share);
  return { kind, count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1), times };
}

/** Several kinds as one. */
export const asOne = (kind: string, asked: readonly Asked[]): Asked =>
  summed(
    kind,
    asked.flatMap(({ times }) => times),
  );

/**
 * Asks every question in turn, so many at a time, until the time is over; a question's next address each time. Throws when an answer is
 * not good.
 */
export async function askAll(
  { url, key }: Door,
  questions: readonly Question[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  width: number,
): Promise<readonly Asked[]> {
  const dispatcher = new Agent({ connections: width });
  const times = new Map(questions.map(({ kind }) => [kind, [] as number[]]));

  async function ask(kind: string, path: string, isCounted: boolean): Promise<string | undefined> {
    const begun = performance.now();
    const answer = await request(url + path, { dispatcher, headers: { authorization: `Bearer ${key}` } });
    const text = await answer.body.text();
    const took = performance.now() - begun;
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text.slice(0, 500)}`);
    if (isCounted) times.get(kind)?.push(took);
    return (JSON.parse(text) as { next?: string }).next;
  }

  async function askOnce({ kind, paths, pages = 1 }: Question, turn: number, isCounted: boolean): Promise<void> {
    const path = paths[turn % paths.length];
    if (path === undefined) return;
    let after: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const more = `${path.includes('?') ? '&' : '?'}after=${after}`;
      after = await ask(kind, after === undefined ? path : path + more, isCounted);
      if (after === undefined) return;
    }
  }

  let turn = 0;
  async function askUntil(end: number, isCounted: boolean): Promise<void> {
    while (performance.now() < end) {
      turn += 1;
      const question = questions[turn % questions.length];
      if (question !== undefined) await askOnce(question, Math.floor(turn / questions.length), isCounted);
    }
  }

  try {
    // Caches are filled once with everything before it counts.
    for (const question of questions) for (let each = 0; each < 3; each += 1) await askOnce(question, each, false);
    const end = performance.now() + rounds * seconds * 1_000;
    await Promise.all(Array.from({ length: width }, () => askUntil(end, true)));
  } finally {
    await dispatcher.close();
  }
  return [...times].map(([kind, taken]) => summed(kind, taken));
}
