import { describe, expect, test } from 'vitest';
import { ruleSource } from './rule-source.ts';

const same: readonly (readonly [string, string, string])[] = [
  ['comments', '(a) => a + 1', '(a) => /* one more */ a + 1 // really'],
  ['line ends', '(a) => f(a, b)', '(a) =>\n  f(\n    a,\n    b,\n  )'],
  ['types that were taken off', '(doc, { note }) => doc', '(doc           , { note }                 )       => doc'],
];
const different: readonly (readonly [string, string, string])[] = [
  ['a number', '(a) => a + 1', '(a) => a + 2'],
  ['space inside a text', "() => 'a b'", "() => 'a  b'"],
  ['what looks like a comment inside a text', "() => 'http://a'", "() => 'http://b'"],
  ['what looks like a comment inside a regular expression', '(a) => /[/*]a/.test(a)', '(a) => /[/*]b/.test(a)'],
  ['two words that are one', '(a) => typeof a', '(a) => typeofa'],
  ['a hole in a list', '() => [,]', '() => []'],
  ['a template', '() => `x // y`', '() => `x // z`'],
];

describe('the source of a rule', () => {
  test.each(same)('is the same whatever its %s', (_, one, other) => {
    expect(ruleSource(other)).toBe(ruleSource(one));
  });

  test.each(different)('is another one for %s', (_, one, other) => {
    expect(ruleSource(other)).not.toBe(ruleSource(one));
  });
});
