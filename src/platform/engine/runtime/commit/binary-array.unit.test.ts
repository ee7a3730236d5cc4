import { describe, expect, test } from 'vitest';
import {
  booleanArray,
  bytesArray,
  encodedTextArray,
  instantArray,
  intArray,
  textArray,
  uuidArray,
} from './binary-array.ts';

/** Reads PostgreSQL's binary array as its documentation describes it. */
function read(array: Buffer): { readonly type: number; readonly items: readonly (Buffer | null)[] } {
  const type = array.readInt32BE(8);
  if (array.readInt32BE(0) === 0) return { type, items: [] };
  const items: (Buffer | null)[] = [];
  let at = 20;
  for (let left = array.readInt32BE(12); left > 0; left -= 1) {
    const length = array.readInt32BE(at);
    at += 4;
    items.push(length < 0 ? null : array.subarray(at, at + length));
    at += Math.max(0, length);
  }
  expect(at).toBe(array.length);
  expect(array.readInt32BE(4)).toBe(items.includes(null) ? 1 : 0);
  return { type, items };
}

describe('binary arrays', () => {
  test('of texts, of any length and alphabet', () => {
    const texts = ['', 'a', null, 'Ä ß €', '𝄞', 'x'.repeat(70_000), 'ende'];
    const { type, items } = read(textArray(texts));
    expect([type, items.map((item) => item?.toString() ?? null)]).toEqual([25, texts]);
    expect(encodedTextArray(texts.map((text) => (text === null ? null : Buffer.from(text))))).toEqual(textArray(texts));
  });

  test('of nothing', () => {
    for (const array of [textArray([]), intArray([]), uuidArray([]), bytesArray([])])
      expect(read(array).items).toEqual([]);
  });

  test('of numbers, truths, ids, bytes and instants', () => {
    expect(read(intArray([1, null, -7])).items.map((item) => item?.readInt32BE(0))).toEqual([1, undefined, -7]);
    expect(read(booleanArray([true, false])).items.map((item) => item?.[0])).toEqual([1, 0]);
    const ids = ['01890a5d-ac96-774b-bcce-b302099a8057', 'FFFFFFFF-0000-7000-8000-0123456789AB'];
    expect(read(uuidArray([...ids, null])).items.map((item) => item?.toString('hex'))).toEqual([
      ...ids.map((id) => id.replaceAll('-', '').toLowerCase()),
      undefined,
    ]);
    expect(read(bytesArray([Buffer.from([1, 2])])).items).toEqual([Buffer.from([1, 2])]);
    const instants = ['2000-01-01T00:00:00.001Z', '1999-12-31T23:59:59.999Z'];
    expect(read(instantArray(instants)).items.map((item) => item?.readBigInt64BE(0))).toEqual([1000n, -1000n]);
    const farAway = ['1900-01-01T00:00:00.000Z', '2026-11-23T09:30:00.123Z', '2199-12-31T23:59:59.999Z'];
    expect(read(instantArray(farAway)).items.map((item) => item?.readBigInt64BE(0))).toEqual(
      farAway.map((instant) => BigInt(Date.parse(instant) - Date.UTC(2000, 0, 1)) * 1_000n),
    );
  });
});
