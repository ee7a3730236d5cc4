import { array, assert as check, dictionary, jsonValue, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changingPart, joinDocument, readBack } from './stored-document.ts';

const nothing = readBack('');
const text = (document: unknown, before = nothing): string => changingPart(document, before).bytes.toString();

describe('the changing part of a document', () => {
  test('is the document without what never changes, and joins to the document again', () => {
    const document = { given: { size: 3 }, lines: { 1: 'open' }, notes: ['a'], absent: undefined };
    expect(text(document)).toBe('{"lines":{"1":"open"},"notes":["a"]}');
    expect(joinDocument(text(document), '{"size":3}')).toEqual({
      given: { size: 3 },
      lines: { 1: 'open' },
      notes: ['a'],
    });
  });

  test('has what changed in front, so that old and new rows have their end in common', () => {
    const prices = { 1: '1.65' };
    const first = changingPart({ lines: { 1: 'open' }, prices, notes: [] }, nothing);
    expect(text({ lines: { 1: 'shipped' }, prices, notes: ['late'] }, first)).toBe(
      '{"lines":{"1":"shipped"},"notes":["late"],"prices":{"1":"1.65"}}',
    );
  });

  test('forgets a member that is gone', () => {
    const first = changingPart({ a: 1, b: [2] }, nothing);
    expect(text({ a: 1 }, first)).toBe('{"a":1}');
    expect(text({ a: 1, b: undefined }, first)).toBe('{"a":1}');
  });

  test.each([[null], [undefined], ['text'], [[1, 2]]])('of %j, which is no object, is the whole of it', (document) => {
    expect(joinDocument(text(document), null)).toEqual(document ?? null);
  });

  test('is always what JSON makes of the document, however it changed on the way', () => {
    const anyDocument = dictionary(string(), jsonValue(), { noNullPrototype: true });
    check(
      property(record({ documents: array(anyDocument, { minLength: 1, maxLength: 5 }) }), ({ documents }) => {
        let stored = nothing;
        let document: object = {};
        for (const change of documents) {
          document = { ...document, ...change };
          stored = changingPart(document, stored);
        }
        const { given: _, ...changing } = document as { given?: unknown };
        expect(JSON.parse(stored.bytes.toString())).toEqual(JSON.parse(JSON.stringify(changing)));
      }),
    );
  });
});
