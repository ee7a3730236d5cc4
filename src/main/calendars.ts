import { type Static, Type } from 'typebox';
import { type BusinessCalendar, calendarFailures, createBusinessCalendar, weekdays } from '#platform/engine/runtime';

const closed = { additionalProperties: false } as const;
const calendarName = '^[a-z][a-z0-9-]{0,39}$';

const openings = Type.Array(Type.String({ description: '`HH:MM-HH:MM`; over midnight as `22:00-06:00`.' }), {
  maxItems: 10,
});
const hours = Type.Object(Object.fromEntries(weekdays.map((weekday) => [weekday, Type.Optional(openings)])), closed);

/** Named calendars: when somebody works. */
export const calendarSettings = Type.Record(
  Type.String({ pattern: calendarName }),
  Type.Object(
    {
      timeZone: Type.String({ description: 'IANA name, e.g. `Europe/London`.' }),
      hours,
      holidays: Type.Optional(Type.Array(Type.String(), { maxItems: 2_000 })),
    },
    closed,
  ),
);

const patience = Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 2_000 }));

/** Which calendar deadlines count on, and how long a case may wait for a person. */
export const deadlineSettings = Type.Object(
  {
    calendar: Type.Optional(Type.String({ pattern: calendarName })),
    /** Working hours by severity until a case is escalated, and between two escalations. */
    caseHours: Type.Optional(Type.Object({ problem: patience, warning: patience, other: patience }, closed)),
    /** How often a case is escalated by itself at most; default 3. */
    mostEscalations: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
  },
  closed,
);

/** The part of a configuration that calendars are made from. */
export interface CalendarParts {
  readonly calendars?: Static<typeof calendarSettings>;
  readonly deadlines?: Static<typeof deadlineSettings>;
}

/** Everything that is wrong with the calendars of a configuration, each with its place. */
export function calendarsFailures({ calendars = {}, deadlines = {} }: CalendarParts): readonly string[] {
  const wrong = Object.entries(calendars).flatMap(([name, definition]) =>
    calendarFailures(definition).map(({ path, message }) => `/calendars/${name}${path}: ${message}`),
  );
  const { calendar } = deadlines;
  if (calendar === undefined || Object.hasOwn(calendars, calendar)) return wrong;
  return [...wrong, `/deadlines/calendar: there is no calendar named ${calendar}; add it to /calendars`];
}

export interface Calendars {
  readonly byName: Readonly<Record<string, BusinessCalendar>>;
  /** The one that deadlines in business hours count on; Monday to Friday, 08:00 to 18:00 UTC where none is named. */
  readonly deadlines: BusinessCalendar;
}

/** The calendars of a checked configuration. */
export function createCalendars({ calendars = {}, deadlines = {} }: CalendarParts): Calendars {
  const byName = Object.fromEntries(
    Object.entries(calendars).map(([name, definition]) => [name, createBusinessCalendar(definition)]),
  );
  const named = deadlines.calendar === undefined ? undefined : byName[deadlines.calendar];
  return { byName, deadlines: named ?? createBusinessCalendar() };
}
