import type { Departing, DepartureQuery, RunCounter, RunReader } from '#platform/progress';

/** Days and hours of the installation: its own time zone and working days. */
export interface LocalDays {
  /** The date at a moment. */
  dateOf(at: string): string;
  /** When a date begins. */
  startOf(date: string): string;
  /** So many dates later. */
  later(date: string, days: number): string;
  /** A moment by its date and hour, `HH:MM`. */
  at(date: string, hour: string): string;
  /** When work ends on a date; undefined on a day without work. */
  closesOn(date: string): string | undefined;
}

/** Why nothing is sent on a lane, in words that follow its name; and when that is expected to be over. */
export interface ShutLane {
  readonly because: string;
  readonly until?: string;
}

/** What lists, stages and trucks are told from. */
export interface OrderLists {
  readonly runs: RunReader;
  readonly counts: RunCounter;
  readonly departures: (query: DepartureQuery) => Promise<readonly Departing[]>;
  readonly days: LocalDays;
  /** The warehouses. */
  readonly sites: readonly string[];
  /** When the truck leaves, by warehouse; absent: with the end of the working day. */
  readonly truckHours: Readonly<Record<string, string>>;
  /** The lanes on which nothing is sent. */
  readonly shutLanes: () => Promise<ReadonlyMap<string, ShutLane>>;
  /** Which system has a capability for a warehouse; undefined: none. */
  readonly systemOf: (capability: string, site: string, at: string) => string | undefined;
}
