/** A moment as ISO 8601 in UTC with milliseconds, e.g. `2026-03-01T09:30:00.000Z`. Sorts as text. */
export type Instant = string;

/** A calendar day, `YYYY-MM-DD`, with no time zone. */
export type LocalDate = string;

/** Where time comes from. Pure code is given an `Instant`; only runtimes hold a clock. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** A clock that stands still until a test moves it. */
export interface FixedClock extends Clock {
  advance(milliseconds: number): void;
}

export function fixedClock(start: Instant): FixedClock {
  let at = Date.parse(start);
  return {
    now: () => new Date(at).toISOString(),
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
}

export const plusMilliseconds = (at: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(at) + milliseconds).toISOString();

export const millisecondsBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);
