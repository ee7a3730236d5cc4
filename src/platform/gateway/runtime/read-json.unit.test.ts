import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusal } from './problem.ts';
import { deepestJson, readJson } from './read-json.ts';

function refused(text: string | Buffer) {
  try {
    readJson(Buffer.from(text));
  } catch (thrown) {
    return refusal(thrown);
  }
  return undefined;
}

describe('reading a body', () => {
  test('gives what JSON.parse gives for any clean value', () => {
    const name = fc
      .string()
      .filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text) && !text.includes('\0'));
    const text = fc.string().filter((each) => !each.includes('\0'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(value, (any) => {
        expect(readJson(Buffer.from(JSON.stringify(any)))).toEqual(JSON.parse(JSON.stringify(any)));
      }),
    );
  });

  test.each([
    ['{"a":1', 'malformed-json'],
    ['', 'malformed-json'],
    ['{"a":1}}', 'malformed-json'],
    ['{"a":"\n"}', 'malformed-json'],
    ["{'a':1}", 'malformed-json'],
    ['{"a":1,}', 'malformed-json'],
    ['NaN', 'malformed-json'],
    ['"unended \\"', 'malformed-json'],
  ])('%j is not JSON', (text, problem) => {
    expect(refused(text)?.problem).toBe(problem);
  });

  test('bytes that are not UTF-8 are refused', () => {
    expect(refused(Buffer.from([0x22, 0xff, 0xfe, 0x22]))?.problem).toBe('malformed-json');
    expect(refused(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))?.problem).toBe('malformed-json');
  });

  test.each([
    ['{"a":{"__proto__":{"x":1}}}', 'forbidden-member', '/a/__proto__'],
    ['{"\\u005f_proto__":1}', 'forbidden-member', '/__proto__'],
    ['[{"constructor":{"prototype":{}}}]', 'forbidden-member', '/0/constructor'],
    ['{"prototype":1}', 'forbidden-member', '/prototype'],
    ['{"a":"x\\u0000y"}', 'forbidden-character', '/a'],
    ['{"a":["\\ud800"]}', 'forbidden-character', '/a/0'],
    ['{"\\udc00":1}', 'forbidden-character', ''],
    ['{"a":1e999}', 'number-too-large', '/a'],
    ['{"a":1,"b":{"c":1,"c":2}}', 'duplicate-member', ''],
    ['{"a":":","a":1}', 'duplicate-member', ''],
  ])('%s is refused as a whole', (text, code, path) => {
    expect(refused(text)).toMatchObject({ problem: 'forbidden-content', errors: [{ code, path }] });
  });

  test('nesting is refused before anything recurses into it', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(refused(nested(deepestJson))).toBeUndefined();
    expect(refused(nested(deepestJson + 1))?.problem).toBe('forbidden-content');
    expect(refused('{"a":'.repeat(100_000))?.problem).toBe('forbidden-content');
    expect(refused(`{"a":"${'['.repeat(1_000)}"}`)).toBeUndefined();
  });

  test('colons, brackets and escaped quotes in texts count for nothing', () => {
    const value = { 'a:"b': 'c:{[\\"', d: ['":{'] };
    expect(readJson(Buffer.from(JSON.stringify(value)))).toEqual(value);
  });

  test('a byte-order mark is passed over', () => {
    expect(readJson(Buffer.from('\uFEFF{"a":1}'))).toEqual({ a: 1 });
  });
});
