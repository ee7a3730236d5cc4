import { Type } from 'typebox';
import { Settings } from 'typebox/system';
import { describe, expect, test } from 'vitest';
import { compileSchema, mostFailures } from './schema-failures.ts';

const closed = { additionalProperties: false };
const Parcel = Type.Object(
  {
    name: Type.String({ minLength: 1, pattern: '^[a-z]+$', description: 'Lower case.', examples: ['abc'] }),
    colour: Type.Optional(Type.Union([Type.Literal('red'), Type.Literal('blue')])),
    size: Type.Optional(Type.Enum(['s', 'l'])),
    parts: Type.Array(Type.Object({ count: Type.Integer({ minimum: 1 }) }, closed), { maxItems: 3 }),
  },
  closed,
);
const parcel = compileSchema(Parcel);

describe('a compiled schema', () => {
  test('accepts what is right and changes nothing in it', () => {
    const value = { name: 'abc', parts: [{ count: 1 }] };
    expect(parcel.accepts(value)).toBe(true);
    expect(parcel.failures(value)).toEqual([]);
    expect(value).toEqual({ name: 'abc', parts: [{ count: 1 }] });
  });

  test('tells everything that is wrong at once, each place once, with what to do', () => {
    const failures = parcel.failures({
      name: 'ABC',
      colour: 'green',
      size: 'm',
      'odd/one~': 1,
      parts: [{ count: 0 }, {}, 7, { count: '1' }],
    });
    expect(failures.map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        ['/name', 'wrong-format'],
        ['/colour', 'not-a-choice'],
        ['/size', 'not-a-choice'],
        ['/odd~1one~0', 'unknown-member'],
        ['/parts', 'too-many'],
        ['/parts/0/count', 'out-of-range'],
        ['/parts/1/count', 'required'],
        ['/parts/2', 'wrong-type'],
        ['/parts/3/count', 'wrong-type'],
      ]),
    );
    expect(new Set(failures.map(({ path }) => path)).size).toBe(failures.length);
    const message = (path: string) => failures.find((failure) => failure.path === path)?.message;
    expect(message('/name')).toContain('Lower case. For example: "abc".');
    expect(message('/colour')).toBe('Write one of "red", "blue".');
    expect(message('/size')).toContain('"s", "l"');
    expect(message('/parts/3/count')).toContain('Write an integer, not a string.');
    expect(message('/parts/1/count')).toContain('"count"');
  });

  test('nothing at all is a failure of the whole', () => {
    expect(parcel.failures(undefined)).toMatchObject([{ path: '', code: 'wrong-type' }]);
  });

  test('stops at a limit, soon, and leaves the library as it was', () => {
    const before = Settings.Get().maxErrors;
    const started = performance.now();
    const many = compileSchema(Type.Array(Type.String())).failures(Array.from({ length: 400_000 }, () => 1));
    expect(many).toHaveLength(mostFailures);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(Settings.Get().maxErrors).toBe(before);
  });
});
