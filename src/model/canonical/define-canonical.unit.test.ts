import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineCanonical, type OldMembers } from './define-canonical.ts';
import { closed, DecimalText } from './schema.ts';

/** A parcel that was weighed in grams as a number first, then as text, and in its third version says what it is. */
const parcel = defineCanonical({
  name: 'parcel',
  version: 3,
  schema: Type.Object({ kilograms: DecimalText, kind: Type.String({ minLength: 1 }) }, closed),
  upgrade: {
    1: ({ grams, ...rest }: OldMembers): OldMembers => ({ ...rest, kilograms: String(Number(grams) / 1_000) }),
    2: (old) => ({ ...old, kind: 'carton' }),
  },
});

describe('a versioned object', () => {
  test.each([
    [{ schemaVersion: 1, grams: 2_500 }],
    [{ schemaVersion: 2, kilograms: '2.5' }],
    [{ schemaVersion: 3, kilograms: '2.5', kind: 'carton' }],
  ])('is read from %j in its present form', (json) => {
    expect(parcel.parse(json)).toEqual({ ok: true, value: { kilograms: '2.5', kind: 'carton' } });
  });

  test('is written with its version, and read back', () => {
    const written = parcel.write({ kilograms: '2.5' as never, kind: 'tube' });
    expect(written).toEqual({ schemaVersion: 3, kilograms: '2.5', kind: 'tube' });
    expect(parcel.parse(JSON.parse(JSON.stringify(written)))).toMatchObject({ ok: true });
  });

  test.each([undefined, 0, 4, 1.5, '3', null])('of version %j is not guessed at', (schemaVersion) => {
    expect(parcel.parse({ schemaVersion, kilograms: '1', kind: 'x' })).toMatchObject({
      ok: false,
      failures: [{ code: 'version-unknown', path: '/schemaVersion' }],
    });
  });

  test.each([null, [], 'parcel', 3])('is not %j', (json) => {
    expect(parcel.parse(json)).toMatchObject({ ok: false, failures: [{ code: 'not-an-object' }] });
  });

  test('that is wrong says everything that is wrong, each with its place', () => {
    const parsed = parcel.parse({ schemaVersion: 3, kilograms: 2.5, kind: '' });
    expect(parsed.ok ? [] : parsed.failures.map(({ path }) => path)).toEqual(['/kilograms', '/kind']);
  });

  test.each([
    '{"schemaVersion":3,"kilograms":"1","kind":"x","colour":"red"}',
    '{"schemaVersion":3,"kilograms":"1","kind":"x","__proto__":{"a":1}}',
  ])('has no members that nobody knows: %s', (text) => {
    expect(parcel.parse(JSON.parse(text))).toMatchObject({ ok: false });
  });

  test.each([
    [2, {}],
    [1, { 1: (old: OldMembers) => old }],
    [3, { 1: (old: OldMembers) => old }],
    [0, {}],
  ])('of version %i is not declared with the wrong upgraders', (version, upgrade) => {
    expect(() => defineCanonical({ name: 'x', version, schema: Type.Object({}), upgrade })).toThrow(RangeError);
  });
});
