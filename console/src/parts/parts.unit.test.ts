import { describe, expect, test } from 'vitest';
import { Problem } from '../client/problem.ts';
import { readablePath } from './diff.tsx';
import { failureAt } from './field.tsx';
import { choicesOf, kindOf, pointerPart, startOf } from './json-schema.ts';
import { keyOf } from './keys.ts';
import { wordsOf } from './problem.tsx';
import { sparklinePath } from './sparkline-path.ts';
import { Unreadable, unreadableIn } from './unreadable.ts';

describe('a form made of a schema', () => {
  test.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' }, 'date'],
    [{ type: 'string', enum: ['a', 'b'] }, 'choice'],
    [{ anyOf: [{ const: 'a' }, { const: 'b' }] }, 'choice'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'boolean' }, 'flag'],
    [{ const: 'a' }, 'fixed'],
    [{ type: 'object', properties: {} }, 'object'],
    [{ type: 'array', items: { type: 'string' } }, 'array'],
    [{ type: 'object' }, 'json'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'json'],
    [{}, 'json'],
  ])('%j is a field of the kind %s', (schema, kind) => expect(kindOf(schema)).toBe(kind));

  test('begins with what is required and nothing else, so that what is optional is not sent empty', () => {
    const line = {
      type: 'object',
      properties: { item: { type: 'string' }, price: { type: 'string' } },
      required: ['item'],
    };
    const schema = {
      type: 'object',
      properties: {
        kind: { const: 'order' },
        note: { type: 'string' },
        lines: { type: 'array', items: line, minItems: 1 },
      },
      required: ['kind', 'lines'],
    };
    expect(startOf(schema)).toEqual({ kind: 'order', lines: [{ item: '' }] });
  });

  test('offers the values that a schema names one by one, and only then', () => {
    expect(choicesOf({ anyOf: [{ const: 'a' }, { enum: ['b', 'c'] }] })).toEqual(['a', 'b', 'c']);
    expect(choicesOf({ anyOf: [{ const: 'a' }, { type: 'string' }] })).toBeUndefined();
  });

  test('says where something stands that cannot be read, so that it is not sent', () => {
    const isNot = new Unreadable('{', 'too short');
    expect(unreadableIn({ a: 1, lines: [{ note: null }, { 'x/y': isNot }] })).toEqual(['/lines/1/x~1y']);
    expect(unreadableIn(isNot)).toEqual(['']);
    expect(unreadableIn({ a: undefined, b: 'text' })).toEqual([]);
  });

  test('shows each failure at its field, and what belongs to a header at none', () => {
    const errors = [
      { path: '/lines/0/a~1b', code: 'x', message: 'Too long.' },
      { path: '/reason', code: 'x', message: 'Of the header.', in: 'header' },
    ];
    const problem = new Problem(422, { errors });
    expect(failureAt(problem, `/lines/0/${pointerPart('a/b')}`)).toBe('Too long.');
    expect(failureAt(problem, '/reason')).toBeUndefined();
    expect(failureAt(new Error('other'), '/reason')).toBeUndefined();
  });
});

test('a place in a document is read from outside to inside', () => {
  expect(readablePath('/lines/0/unit~1price')).toBe('lines › 0 › unit/price');
  expect(readablePath('')).toBe('the whole');
});

test('keys are written alike on every machine', () => {
  expect(keyOf({ key: 'Enter', ctrlKey: false, metaKey: true })).toBe('Mod+Enter');
  expect(keyOf({ key: 'j', ctrlKey: false, metaKey: false })).toBe('j');
});

test('what was thrown is said in words, also when nothing was answered at all', () => {
  expect(wordsOf(new Problem(409, { title: 'Not paused', detail: 'Lane erp is not paused.' }))).toEqual({
    title: 'Not paused',
    detail: 'Lane erp is not paused.',
  });
  expect(wordsOf(new TypeError('Failed to fetch')).title).toBe('The platform cannot be reached');
});

describe('a sparkline', () => {
  test('goes from the least below to the most above, with gaps where nothing is known', () => {
    expect(sparklinePath([0, 10, undefined, 5], 30, 20)).toBe('M0.0 20.0L10.0 0.0M30.0 10.0h0.1');
  });
  test('of equal values is level, and of none is nothing', () => {
    expect(sparklinePath([3, 3], 10, 20)).toBe('M0.0 10.0L10.0 10.0');
    expect(sparklinePath([undefined], 10, 20)).toBe('');
  });
});
