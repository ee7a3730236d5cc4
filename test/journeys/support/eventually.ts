import { setTimeout as pause } from 'node:timers/promises';

const longestPauseMs = 150;

/**
 * Asks until there is an answer; `what` stands in the error when there is none in time. For what no event tells: ledgers and the
 * public API.
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined> | Answer | undefined,
  {
    withinMs = 20_000,
    soFar = async () => '',
  }: { readonly withinMs?: number /** For the error. */; readonly soFar?: () => Promise<string> } = {},
): Promise<Answer> {
  const until = performance.now() + withinMs;
  for (let pauseMs = 10; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > until)
      throw new Error(`waited ${withinMs} ms in vain for ${what}. ${await soFar()}`.trim());
    await pause(pauseMs);
  }
}
