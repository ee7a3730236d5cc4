import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { failureText } from './day.ts';
import { dayOf, readDay } from './read-day.ts';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const row = '536365,85123A,WHITE HEART,6,12/1/10 8:26,2.55,17850,United Kingdom';
const read = (text: string | Uint8Array) =>
  dayOf(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'day.csv');

function complaints(text: string | Uint8Array): readonly string[] {
  const day = read(text);
  return day.ok ? [] : day.failures.map(failureText);
}

function orders(text: string | Uint8Array) {
  const day = read(text);
  if (!day.ok) throw new Error(day.failures.map(failureText).join('\n'));
  return day.value.orders;
}

describe('a day that can be read', () => {
  test('the carried sample has the invoices, returns and customerless rows of the source', async () => {
    const day = await readDay(fileURLToPath(new URL('../data/online-retail-2010-12-01-to-03.csv', import.meta.url)));
    if (!day.ok) throw new Error('the sample cannot be read');
    expect(day.value.rows).toBe(7419);
    expect(day.value.orders).toHaveLength(418);
    expect(day.value.orders.filter(({ customer }) => customer === undefined)).toHaveLength(67);
    expect(day.value.orders.filter(({ invoice }) => invoice.startsWith('C'))).toHaveLength(36);
  });

  test('rows of one invoice become one order, and the same item twice stays two lines', () => {
    const [order, other] = orders(`${header}\n${row}\n536366,22633,X,1,12/1/10 8:28,1.85,13047,France\n${row}\n`);
    expect(order?.lines.map(({ item }) => item)).toEqual(['85123A', '85123A']);
    expect(order?.orderedAt).toBe('2010-12-01T08:26:00.000Z');
    expect(other?.customer).toBe('13047');
  });

  test('codes in small letters are the same article, and codes that are no article number are charges', () => {
    const [order] = orders(`${header}\n1,85123a,,1,2010-12-01 08:26,2.5,1,UK\n1,POST,,1,2010-12-01 08:26,18,1,UK\n`);
    expect(order?.lines.map(({ kind, item }) => `${kind} ${item}`)).toEqual(['goods 85123A', 'charge POST']);
  });

  test('a discount in an order is a charge at a negative price; a return stays a return', () => {
    const [discounted, returned] = orders(
      `${header}\n1,D,Discount,-1,12/1/10 9:41,27.5,14527,UK\nC2,D,Discount,-1,12/1/10 9:41,27.5,14527,UK\n`,
    );
    expect(discounted?.lines[0]).toMatchObject({ quantity: '1', unitPrice: '-27.5' });
    expect(returned?.lines[0]).toMatchObject({ quantity: '-1', unitPrice: '27.5' });
  });

  test('a byte-order mark, line ends of Windows and a newline inside quotes are read through', () => {
    const quoted = '536365,85123A,"WHITE\r\nHEART",6,12/1/10 8:26,2.55,17850,United Kingdom';
    expect(orders(`\ufeff${header}\r\n${quoted}\r\n`)[0]?.lines[0]?.description).toBe('WHITE HEART');
  });

  test('Latin-1 is read and noted', () => {
    const day = read(Buffer.from(`${header}\n${row.replace('HEART', 'CŒUR £'.replace('Œ', 'O'))}\n`, 'latin1'));
    expect(day.ok && day.value.notes[0]).toMatch(/Windows-1252/);
    expect(day.ok && day.value.orders[0]?.lines[0]?.description).toBe('WHITE COUR £');
  });

  test('customers that a spreadsheet turned into decimals are themselves', () => {
    expect(orders(`${header}\n${row.replace('17850', '17850.0')}\n`)[0]?.customer).toBe('17850');
  });
});

describe('a day that cannot be read says where and what to do', () => {
  test('a wrong header', () => {
    expect(complaints(`Invoice,StockCode\n`)).toContainEqual(
      expect.stringMatching(/^day\.csv:1: column InvoiceNo is missing; the first line must be InvoiceNo,/),
    );
    expect(complaints(`${header},${'Country'}\n${row},X`)[0]).toMatch(/"Country" is not known or stands twice/);
    expect(complaints(`${header.replaceAll(',', ';')}\n`)).toEqual([
      'day.csv:1: the columns are separated by ";": save the file with commas',
    ]);
  });

  test('bad numbers and moments, all at once, with line and column, also after a quoted newline', () => {
    const quoted = row.replace('WHITE HEART', '"WHITE\nHEART"');
    const text = `${header}\n${quoted}\n${row.replace(',6,', ',six,').replace('2.55', '"2,55"').replace('12/1/10', '13/1/10')}\n`;
    expect(complaints(text)).toEqual([
      'day.csv:4 Quantity: "six" is not a number of at most 9 digits and 3 decimal places: write one such as 6',
      'day.csv:4 InvoiceDate: "13/1/10 8:26" is not in the calendar: correct it',
      'day.csv:4 UnitPrice: "2,55" has a decimal comma: write it with a point',
    ]);
  });

  test('a row with too many columns, an unclosed quote, two customers in one invoice', () => {
    expect(complaints(`${header}\n${row},more\n`)[0]).toMatch(/^day\.csv:2: has 9 columns instead of 8/);
    expect(complaints(`${header}\n536365,"85123A\n`)[0]).toMatch(/^day\.csv(:\d+)?: not CSV: /);
    expect(complaints(`${header}\n${row}\n${row.replace('17850', '1')}\n`)).toEqual([
      expect.stringMatching(/^day\.csv:3 CustomerID: invoice 536365 is of customer 1 here and of 17850 in line 2/),
    ]);
  });

  test('an order of tomorrow, or of a century ago', () => {
    expect(complaints(`${header}\n${row.replace('12/1/10', '12/1/2199')}\n`)[0]).toMatch(/between 1990 and now/);
    expect(complaints(`${header}\n${row.replace('12/1/10', '12/1/1910')}\n`)[0]).toMatch(/between 1990 and now/);
  });

  test('an empty file, a header alone, UTF-16, no file', async () => {
    expect(complaints('')[0]).toMatch(/the file is empty/);
    expect(complaints(`${header}\n`)[0]).toMatch(/no order below it/);
    expect(complaints(Buffer.from(`\ufeff${header}`, 'utf16le'))[0]).toMatch(/save it as CSV in UTF-8/);
    const missing = await readDay('/nowhere/day.csv');
    expect(missing.ok ? [] : missing.failures.map(failureText)).toEqual([
      '/nowhere/day.csv: there is no such file: check --input',
    ]);
  });
});
