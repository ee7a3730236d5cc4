/** A value of a row; undefined and null are empty. */
export type CsvValue = string | number | boolean | null | undefined;

/** A spreadsheet takes what begins so for a formula, and would run it. */
const formula = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?(\d+(\.\d+)?|\.\d+)$/;

function cell(value: CsvValue): string {
  const text = value === null || value === undefined ? '' : String(value);
  const harmless = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * Writes rows as RFC 4180 has it: a head, CRLF after every line, quotes where they are needed. What a spreadsheet would run as a
 * formula gets an apostrophe before it.
 *
 * ```ts
 * writeCsv(['order', 'worth'], [['S-1', '12.50'], ['S-2', '-3']]); // 'order,worth\r\nS-1,12.50\r\nS-2,-3\r\n'
 * ```
 */
export const writeCsv = (head: readonly string[], rows: Iterable<readonly CsvValue[]>): string =>
  [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
