import type { FiguresNeeds } from '#business/apis/figures/v1';
import { figureBook } from '#business/figures';
import { systemClock } from '#model/kernel';
import type { Flow } from '#platform/engine';
import type { Log } from '#platform/engine/runtime';
import { createFigureDesk, keepFigures } from '#platform/figures/runtime';
import type { Database, Led } from '#platform/storage';
import type { CalendarParts } from './calendars.ts';

export interface FiguresParts {
  readonly database: Database;
  readonly flows: readonly Flow[];
  /** Whose deadlines' calendar says in which time zone days are. */
  readonly configuration: CalendarParts;
  readonly lead: (name: string, work: (signal: AbortSignal) => Promise<void>) => Led;
  readonly log: Log;
}

/** The time zone of the calendar that deadlines count on. */
export const timeZoneOf = ({ calendars = {}, deadlines: { calendar } = {} }: CalendarParts): string =>
  (calendar === undefined ? undefined : calendars[calendar]?.timeZone) ?? 'UTC';

/** The desk of figures, and the work that keeps them: on one node at a time. */
export function openFigures({ database, flows, configuration, lead, log }: FiguresParts): {
  readonly needs: FiguresNeeds;
  stop(): Promise<void>;
} {
  const book = figureBook(flows);
  const timeZone = timeZoneOf(configuration);
  const needs = { database, timeZone, clock: systemClock };
  const keeping = lead('keep-figures', (signal) => keepFigures(signal, { ...needs, sets: book.sets, log }));
  return { needs: { figures: createFigureDesk({ ...needs, book }) }, stop: () => keeping.stop() };
}
