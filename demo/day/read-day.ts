import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { failed, ok, type Result } from '#model/kernel';
import { dayLine } from './classify.ts';
import type { Day, DayFailure, DayOrder, Row } from './day.ts';
import { decode } from './decode.ts';
import { readRows } from './read-rows.ts';

/** Puts the rows of each invoice together, wherever they stand in the file, in the order of their first rows. */
function ordersOf(rows: readonly Row[], file: string): Result<readonly DayOrder[], DayFailure> {
  const byInvoice = Map.groupBy(rows, ({ invoice }) => invoice);
  const failures: DayFailure[] = [];
  const orders: DayOrder[] = [];
  for (const [invoice, [first, ...others]] of byInvoice) {
    if (first === undefined) continue;
    const stranger = others.find(({ customer }) => customer !== first.customer);
    if (stranger !== undefined) {
      const message = `invoice ${invoice} is of customer ${stranger.customer ?? '(none)'} here and of ${first.customer ?? '(none)'} in line ${first.line}: an order has one customer`;
      failures.push({ file, line: stranger.line, column: 'CustomerID', message });
    }
    orders.push({
      invoice,
      ...(first.customer === undefined ? {} : { customer: first.customer }),
      country: first.country,
      orderedAt: first.orderedAt,
      lines: [first, ...others].map(dayLine),
    });
  }
  return failures.length > 0 ? failed(failures) : ok(orders);
}

/** Reads a day from the bytes of a file. */
export function dayOf(bytes: Uint8Array, file: string): Result<Day, DayFailure> {
  const decoded = decode(bytes);
  if (decoded === undefined) return failed([{ file, message: 'the file is UTF-16: save it as CSV in UTF-8' }]);
  const rows = readRows(decoded.text, file);
  if (!rows.ok) return rows;
  const orders = ordersOf(rows.value, file);
  if (!orders.ok) return orders;
  return ok({ name: basename(file), rows: rows.value.length, orders: orders.value, notes: decoded.notes });
}

/** Reads a day from a CSV file. Answers the day, or everything that is wrong with the file. */
export async function readDay(file: string): Promise<Result<Day, DayFailure>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    const message = code === 'ENOENT' ? 'there is no such file: check --input' : `cannot be read (${code})`;
    return failed([{ file, message }]);
  }
  return dayOf(bytes, file);
}
