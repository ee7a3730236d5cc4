import { setTimeout as pause } from 'node:timers/promises';

export interface SettleOptions {
  /** Nothing more may have happened for so long, ms. Default 1,500. */
  readonly quietMs?: number;
  /** What is still missing gets so long, ms. Default 20,000. */
  readonly atMostMs?: number;
}

/**
 * Looks at the evidence until nothing more happens and all is as foreseen, or time is up; what comes late may be the second of
 * a thing, so quiet is awaited even when all is well. Answers the last evidence.
 */
export async function settle<Evidence>(
  look: () => Promise<{ readonly evidence: Evidence; readonly size: number; readonly isWell: boolean }>,
  { quietMs = 1_500, atMostMs = 20_000 }: SettleOptions = {},
): Promise<Evidence> {
  const deadline = performance.now() + atMostMs;
  let before = await look();
  for (;;) {
    await pause(quietMs);
    const after = await look();
    const isQuiet = after.size === before.size;
    if ((isQuiet && after.isWell) || performance.now() > deadline) return after.evidence;
    before = after;
  }
}
