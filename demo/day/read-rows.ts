import { CsvError, parse } from 'csv-parse/sync';
import { failed, ok, type Result } from '#model/kernel';
import type { DayFailure, Row } from './day.ts';
import { codeField, type Field, momentField, priceField, quantityField } from './fields.ts';

/** The columns of a day, as the data set names them. */
export const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;
type Column = (typeof columns)[number];

/** Beyond this the list is cut: the first failures say enough. */
const most = 50;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function split(text: string, file: string): Result<readonly Parsed[], DayFailure> {
  try {
    return ok(parse(text, { info: true, relaxColumnCount: true, skipEmptyLines: true }) as unknown as Parsed[]);
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const line = Number(thrown.lines);
    return failed([
      { file, ...(line > 0 ? { line } : {}), message: `not CSV: ${thrown.message.replaceAll('\n', ' ')}` },
    ]);
  }
}

function headerFailures(header: readonly string[], file: string): readonly DayFailure[] {
  const expected = `the first line must be ${columns.join(',')}`;
  const [only = ''] = header;
  const separator = header.length === 1 ? /[;\t|]/.exec(only)?.[0] : undefined;
  if (separator !== undefined) {
    const name = separator === '\t' ? 'tab' : `"${separator}"`;
    return [{ file, line: 1, message: `the columns are separated by ${name}: save the file with commas` }];
  }
  const wrong = [
    ...columns.filter((column) => !header.includes(column)).map((column) => `column ${column} is missing`),
    ...header
      .filter((name, at) => !columns.some((column) => column === name) || header.indexOf(name) !== at)
      .map((name) => `column ${JSON.stringify(name)} is not known or stands twice`),
  ];
  return wrong.map((what) => ({ file, line: 1, message: `${what}; ${expected}` }));
}

function readRow(cell: (column: Column) => string, line: number): Row | readonly (readonly [Column, string])[] {
  const fields = {
    InvoiceNo: codeField(cell('InvoiceNo'), 15),
    StockCode: codeField(cell('StockCode'), 20),
    Quantity: quantityField(cell('Quantity')),
    InvoiceDate: momentField(cell('InvoiceDate')),
    UnitPrice: priceField(cell('UnitPrice')),
    CustomerID: cell('CustomerID').trim() === '' ? { value: '' } : codeField(cell('CustomerID'), 20),
  } satisfies Partial<Record<Column, Field<string>>>;
  const { InvoiceNo, StockCode, Quantity, InvoiceDate, UnitPrice, CustomerID } = fields;
  if (
    'value' in InvoiceNo &&
    'value' in StockCode &&
    'value' in Quantity &&
    'value' in InvoiceDate &&
    'value' in UnitPrice &&
    'value' in CustomerID
  ) {
    // Spreadsheets turn a column of numbers with gaps into decimals.
    const customer = CustomerID.value.replace(/\.0$/, '');
    return {
      line,
      invoice: InvoiceNo.value,
      item: StockCode.value.toUpperCase(),
      description: cell('Description').replace(/\s+/g, ' ').trim().slice(0, 200),
      quantity: Quantity.value,
      orderedAt: InvoiceDate.value,
      unitPrice: UnitPrice.value,
      ...(customer === '' ? {} : { customer }),
      country: cell('Country').trim(),
    };
  }
  return Object.entries(fields).flatMap(([column, field]) =>
    'wrong' in field ? [[column as Column, field.wrong]] : [],
  );
}

/** Reads the lines of a day. Answers every row, or everything that is wrong, by line and column. */
export function readRows(text: string, file: string): Result<readonly Row[], DayFailure> {
  const parsed = split(text, file);
  if (!parsed.ok) return parsed;
  const [header, ...records] = parsed.value;
  if (header === undefined) return failed([{ file, message: 'the file is empty: give it a header and orders' }]);
  const names = header.record.map((name) => name.trim());
  const wrongHeader = headerFailures(names, file);
  if (wrongHeader.length > 0) return failed(wrongHeader);
  if (records.length === 0) return failed([{ file, message: 'there is a header and no order below it' }]);
  const failures: DayFailure[] = [];
  const rows: Row[] = [];
  let line = header.info.lines + 1;
  for (const { record, info } of records) {
    if (record.length !== names.length) {
      failures.push({
        file,
        line,
        message: `has ${record.length} columns instead of ${names.length}: look for a stray comma or quote`,
      });
    } else {
      const row = readRow((column) => record[names.indexOf(column)] ?? '', line);
      if ('invoice' in row) rows.push(row);
      else failures.push(...row.map(([column, message]) => ({ file, line, column, message })));
    }
    line = info.lines + 1;
    if (failures.length >= most) break;
  }
  return failures.length > 0 ? failed(failures) : ok(rows);
}
