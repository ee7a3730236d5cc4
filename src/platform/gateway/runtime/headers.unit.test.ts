import { describe, expect, test } from 'vitest';
import { idempotencyKey, preferredWait, presentedKey, refuseOtherMedia } from './headers.ts';
import { refusal } from './problem.ts';

const problemOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (thrown) {
    return refusal(thrown)?.problem;
  }
  return undefined;
};

describe('Prefer', () => {
  test.each([
    [undefined, 0],
    ['wait=10', 10],
    ['respond-async, wait=5', 5],
    ['wait = "7"; foo=bar', 7],
    ['WAIT=100', 30],
    ['wait=999999', 30],
    ['wait=abc', 0],
    ['wait=-1', 0],
    ['await=3', 0],
    ['wait=1.5', 0],
  ])('%j waits %i s', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });
});

describe('Idempotency-Key', () => {
  test('takes 1 to 100 printable characters', () => {
    expect(idempotencyKey('8e03978e-40d5-43dd')).toBe('8e03978e-40d5-43dd');
    expect(problemOf(() => idempotencyKey(undefined))).toBe('idempotency-key-missing');
    expect(problemOf(() => idempotencyKey(''))).toBe('idempotency-key-missing');
    for (const bad of ['a b', 'é', 'a'.repeat(101), 'a\tb', ['a', 'b']]) {
      expect(problemOf(() => idempotencyKey(bad))).toBe('idempotency-key-malformed');
    }
  });
});

describe('credentials', () => {
  test('are taken as bearer or in X-API-Key, never both ways of one request', () => {
    expect(presentedKey('Bearer abc', undefined)).toBe('abc');
    expect(presentedKey('bearer abc', 'other')).toBe('abc');
    expect(presentedKey(undefined, 'abc')).toBe('abc');
    for (const [authorization, apiKey] of [
      [undefined, undefined],
      ['Basic abc', undefined],
      ['Basic abc', 'abc'],
      ['Bearer', undefined],
      ['Bearer a b', undefined],
      [undefined, ''],
    ] as const) {
      expect(presentedKey(authorization, apiKey)).toBeUndefined();
    }
  });
});

describe('media', () => {
  test('other encodings than plain UTF-8 are refused', () => {
    expect(problemOf(() => refuseOtherMedia('application/json', undefined))).toBeUndefined();
    expect(problemOf(() => refuseOtherMedia('application/json; charset="UTF-8"', 'identity'))).toBeUndefined();
    expect(problemOf(() => refuseOtherMedia('application/json; charset=latin1', undefined))).toBe(
      'unsupported-media-type',
    );
    expect(problemOf(() => refuseOtherMedia('application/json', 'gzip'))).toBe('unsupported-media-type');
  });
});
