import { expect, test } from 'vitest';
import { membersOf, schemaWords } from './schema-words.ts';

test.each([
  [{ type: 'string', minLength: 1, maxLength: 40 }, 'text, 1 to 40 characters'],
  [{ type: 'string', format: 'date-time' }, 'text, date-time'],
  [{ type: 'string', enum: ['held', 'open'] }, 'one of held, open'],
  [{ anyOf: [{ const: 'a' }, { const: 'b' }] }, 'one of a, b'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'text or null'],
  [{ type: 'array', items: { type: 'integer', minimum: 1 } }, 'list of whole number, 1 to any'],
  [{ const: true }, 'always true'],
  [{}, 'anything'],
])('%j is %s', (schema, words) => expect(schemaWords(schema)).toBe(words));

test('the members of a list are those of what it lists', () => {
  const item = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  expect(membersOf({ type: 'array', items: item })).toEqual({ properties: item.properties, required: ['a'] });
  expect(membersOf({ anyOf: [{ type: 'null' }, item] }).required).toEqual(['a']);
  expect(membersOf({ type: 'string' }).properties).toEqual({});
});
