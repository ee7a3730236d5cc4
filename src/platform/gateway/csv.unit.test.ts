import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { writeCsv } from './csv.ts';

describe('CSV', () => {
  test('is read by another program as it was written', () => {
    const rows = [
      ['plain', 'with, comma', 'with "quotes"'],
      ['two\r\nlines', '', 'ünïcode — 漢字'],
      [' blanks ', '"', ','],
    ];
    expect(parse(writeCsv(['a', 'b', 'c'], rows))).toEqual([['a', 'b', 'c'], ...rows]);
  });

  test('empty, true and numbers', () => {
    expect(writeCsv(['a', 'b', 'c', 'd'], [[undefined, null, true, 1.5]])).toBe('a,b,c,d\r\n,,true,1.5\r\n');
  });

  test('a table without rows has its head', () => {
    expect(writeCsv(['a'], [])).toBe('a\r\n');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+49 89 123', "'+49 89 123"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['-', "'-"],
    ['-1e5', "'-1e5"],
  ])('nothing is run by a spreadsheet: %j', (value, written) => {
    expect(writeCsv(['a'], [[value]])).toBe(`a\r\n${written}\r\n`);
  });

  test('the head is guarded too', () => {
    expect(writeCsv(['=a'], [])).toBe("'=a\r\n");
  });

  test.each(['-3', '+4', '-0.50', '-.5', '12.00'])('a plain number stays one: %s', (value) => {
    expect(writeCsv(['a'], [[value]])).toBe(`a\r\n${value}\r\n`);
  });
});
