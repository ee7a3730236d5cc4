import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, type Instant, type Json, systemClock } from '#model/kernel';
import { inTransaction } from '#platform/storage';
import { type CasePatience, type DeadlineNeeds, hoursFor } from './case-deadlines.ts';
import { escalateCases, overdueCases } from './sql/case-escalation.ts';

export interface EscalationOptions {
  /** Working hours until the next level, by severity. */
  readonly patience?: CasePatience;
  /** How often a case rises by itself at most. Default 3. */
  readonly mostLevels?: number;
  readonly everyMs?: number;
}

export interface EscalationNeeds extends DeadlineNeeds {
  readonly clock?: Clock;
  readonly log?: (event: string, details: Readonly<Record<string, Json>>) => void;
}

interface Overdue {
  readonly id: string;
  readonly severity: string;
  readonly deadline_at: Instant;
}

const hour = 3_600_000;
const slice = 500;
const levels = 3;

/**
 * Escalates every open case that nobody decided in time: its level rises, its history says so, and the next deadline begins. Answers how
 * many. One that was overdue for long rises once, not once for each period that was missed.
 */
export async function escalateOverdue(needs: EscalationNeeds, options: EscalationOptions = {}): Promise<number> {
  const { database, calendar, clock = systemClock } = needs;
  const { patience = {}, mostLevels = levels } = options;
  for (let risen = 0; ; ) {
    const at = clock.now();
    const size = await inTransaction(database, async (client) => {
      const { rows } = await client.query<Overdue>(overdueCases, [at, mostLevels, slice]);
      if (rows.length === 0) return 0;
      const next = rows.map(({ severity }) => calendar.add(at, hoursFor(severity, patience) * hour));
      const [ids, were] = [rows.map(({ id }) => id), rows.map(({ deadline_at }) => deadline_at)];
      await client.query(escalateCases, [ids, next, were, at]);
      return rows.length;
    });
    risen += size;
    if (size < slice) return risen;
  }
}

/** Escalates again and again until the signal: work for one node at a time, harmless on two. */
export async function keepEscalating(
  signal: AbortSignal,
  needs: EscalationNeeds,
  options: EscalationOptions = {},
): Promise<void> {
  const { log = () => undefined } = needs;
  while (!signal.aborted) {
    await escalateOverdue(needs, options)
      .then((count) => count > 0 && log('cases-escalated', { count }))
      .catch((thrown: unknown) => log('cases-not-escalated', { message: String(thrown) }));
    await wait(options.everyMs ?? 10_000, undefined, { signal }).catch(() => undefined);
  }
}
