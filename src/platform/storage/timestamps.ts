/** PostgreSQL object ids of the types whose text form we change. */
const timestampWithZone = 1184;

const utcText = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/;

/**
 * `timestamptz` text as ISO 8601 in UTC with milliseconds. Microseconds are cut off, not rounded, so that a moment read
 * back is never later than the one written. `infinity` stays as it is.
 */
export function isoTimestamp(text: string): string {
  const parts = utcText.exec(text);
  if (parts !== null) return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').slice(0, 3).padEnd(3, '0')}Z`;
  const milliseconds = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Number.isNaN(milliseconds) ? text : new Date(milliseconds).toISOString();
}

const asIs = (text: string): string => text;

/** Dates and timestamps without zone stay text: a `Date` would move them into the zone of this machine. */
export const temporalParsers: Readonly<Record<number, (text: string) => string>> = {
  [timestampWithZone]: isoTimestamp,
  1082: asIs,
  1114: asIs,
};
