import { type Instant, millisecondsBetween } from '#model/kernel';

/** How a feed is read, as the whole installation knows it. */
export interface FeedReadings {
  /** The last time that it was read without a fault. */
  readonly readAt?: Instant | undefined;
  /** Faults since then, one after the other. */
  readonly failures: number;
  readonly failure?: string | undefined;
  /** From the outside system's event to our commit: 95 of 100 of the last hour's messages were faster, ms. */
  readonly latencyMs?: number | undefined;
}

/** What is declared of it. */
export interface FeedPromise {
  readonly rhythmMs: number;
  readonly latencyTargetMs: number;
}

/** Worst first, but for `not-read-yet`. */
export type FeedHealth = 'failing' | 'silent' | 'late' | 'fresh' | 'not-read-yet';

/** A reading that brings nothing is noted once in so long, ms: what is younger says nothing. */
export const feedNotedEveryMs = 60_000;

/** How many rhythms a feed may miss before it is silent. */
export const patientRhythms = 3;

const minutesOf = (milliseconds: number): string => `${Math.floor(milliseconds / 60_000)} minutes`;
const secondsOf = (milliseconds: number): string => `${Math.ceil(milliseconds / 1_000)} s`;

/** Why a feed that was read last at `since` is silent; undefined when it is not. The one rule for alerts, API and figures. */
export function feedSilence(
  rhythmMs: number,
  since: Instant,
  at: Instant,
  rhythms: number = patientRhythms,
): string | undefined {
  const silence = millisecondsBetween(since, at);
  if (silence < Math.max(rhythms * rhythmMs, rhythmMs + 2 * feedNotedEveryMs)) return undefined;
  return `has not been read for ${minutesOf(silence)}; its rhythm is ${secondsOf(rhythmMs)}`;
}

/** How a feed is, and why when it is not well. */
export function feedHealth(
  { rhythmMs, latencyTargetMs }: FeedPromise,
  { readAt, failures, failure, latencyMs }: FeedReadings,
  at: Instant,
): { readonly health: FeedHealth; readonly because?: string } {
  if (failures > 0) {
    const times = failures === 1 ? 'the last reading failed' : `the last ${failures} readings failed`;
    return { health: 'failing', because: failure === undefined ? times : `${times}: ${failure}` };
  }
  if (readAt === undefined) return { health: 'not-read-yet' };
  const silence = feedSilence(rhythmMs, readAt, at);
  if (silence !== undefined) return { health: 'silent', because: `It ${silence}.` };
  if (latencyMs !== undefined && latencyMs > latencyTargetMs) {
    const because = `Of the last hour's messages one in twenty took ${secondsOf(latencyMs)} or more; the aim is ${secondsOf(latencyTargetMs)}.`;
    return { health: 'late', because };
  }
  return { health: 'fresh' };
}
