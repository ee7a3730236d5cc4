import type { Clock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { FigureBook } from '../figure.ts';

export interface DeskNeeds {
  readonly database: Database;
  readonly book: FigureBook;
  /** Whose days count: IANA name. */
  readonly timeZone: string;
  readonly clock: Clock;
}
