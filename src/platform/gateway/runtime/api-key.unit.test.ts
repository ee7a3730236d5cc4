import { describe, expect, test } from 'vitest';
import { hashKey, keyId, makeKey, provesKey } from './api-key.ts';

describe('an API key', () => {
  test('has a prefix, an id, 192 random bits and a checksum', () => {
    const { id, key } = makeKey();
    expect(key).toMatch(/^cdk_[0-9a-f]{16}_[0-9a-f]{56}$/);
    expect(keyId(key)).toBe(id);
    expect(makeKey().key).not.toBe(key);
  });

  test('any single wrong character is noticed without asking anybody', () => {
    const { key } = makeKey();
    for (let at = 0; at < key.length; at += 1) {
      const wrong = key.slice(0, at) + (key[at] === '0' ? '1' : '0') + key.slice(at + 1);
      expect(keyId(wrong)).toBeUndefined();
    }
    expect(keyId(key.slice(0, -1))).toBeUndefined();
    expect(keyId(`${key}0`)).toBeUndefined();
    expect(keyId(key.toUpperCase())).toBeUndefined();
    expect(keyId('')).toBeUndefined();
  });

  test('is proven by the hash of the whole of it', () => {
    const { key } = makeKey();
    expect(provesKey(key, hashKey(key))).toBe(true);
    expect(provesKey(makeKey().key, hashKey(key))).toBe(false);
  });
});
