import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, systemClock } from '#model/kernel';
import type { Log } from '#platform/engine/runtime';
import type { Inventory } from '#platform/inventory';

/** A claim that another node made for a shorter time than we sleep falls back so much later at most. */
const longestSleepMs = 5_000;

export interface ExpiryNeeds {
  readonly inventory: Inventory;
  readonly log: Log;
  readonly clock?: Clock;
}

/**
 * Gives held stock back when its time is over: sleeps until the next claim's time, looks up when that is, never walks the claims. May
 * run on two nodes at once: each claim is given back by one statement, once.
 */
export async function expireClaims(needs: ExpiryNeeds, signal: AbortSignal): Promise<void> {
  const { inventory, log, clock = systemClock } = needs;
  while (!signal.aborted) {
    const demands = await inventory.expire(clock.now());
    if (demands.length > 0) log('claims-expired', { demands: demands.length });
    const next = await inventory.nextExpiry();
    const untilNext = next === undefined ? longestSleepMs : Date.parse(next) - Date.parse(clock.now());
    const sleepMs = Math.max(10, Math.min(longestSleepMs, untilNext));
    await wait(sleepMs, undefined, { signal }).catch(() => undefined);
  }
}
