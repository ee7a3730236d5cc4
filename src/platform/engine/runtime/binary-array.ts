/**
 * PostgreSQL's binary form of one-dimensional arrays. The text form would escape every quote of every JSON document on our
 * side and read it back character by character on the other.
 */

const headerLength = 20;
/** PostgreSQL's number of the type `text`. */
const textType = 25;
/** Microseconds are counted from the first day of 2000. */
const postgresEpochMs = 946_684_800_000;

function begin(elementType: number, count: number, bytes: number, hasNull: boolean): Buffer {
  // An empty array has no dimension.
  if (count === 0) {
    const empty = Buffer.alloc(12);
    empty.writeInt32BE(elementType, 8);
    return empty;
  }
  const buffer = Buffer.allocUnsafe(headerLength + 4 * count + bytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(elementType, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

/** Writes every value by `write`, which answers its length; all lengths are known beforehand by `lengthOf`. */
function encode<Value>(
  elementType: number,
  values: readonly (Value | null)[],
  lengthOf: (value: Value) => number,
  write: (buffer: Buffer, value: Value, at: number) => void,
): Buffer {
  let bytes = 0;
  let hasNull = false;
  const lengths: number[] = [];
  for (const value of values) {
    const length = value === null ? -1 : lengthOf(value);
    if (length < 0) hasNull = true;
    else bytes += length;
    lengths.push(length);
  }
  const buffer = begin(elementType, values.length, bytes, hasNull);
  let at = headerLength;
  for (const [index, value] of values.entries()) {
    const length = lengths[index] ?? -1;
    buffer.writeInt32BE(length, at);
    at += 4;
    if (value === null) continue;
    write(buffer, value, at);
    at += length;
  }
  return buffer;
}

/** Where texts are written before their length is known; used within one call only. */
let scratch = Buffer.allocUnsafe(1 << 16);

function grow(needed: number): void {
  if (needed <= scratch.length) return;
  const larger = Buffer.allocUnsafe(2 ** Math.ceil(Math.log2(needed)));
  scratch.copy(larger);
  scratch = larger;
}

/** Texts, mostly short: written at once instead of measured and then written. */
export function textArray(values: readonly (string | null)[]): Buffer {
  if (values.length === 0) return begin(textType, 0, 0, false);
  let at = headerLength;
  let hasNull = 0;
  for (const value of values) {
    if (value === null) {
      grow(at + 4);
      scratch.writeInt32BE(-1, at);
      hasNull = 1;
      at += 4;
      continue;
    }
    grow(at + 4 + value.length * 3);
    const length = scratch.write(value, at + 4);
    scratch.writeInt32BE(length, at);
    at += 4 + length;
  }
  scratch.writeInt32BE(1, 0);
  scratch.writeInt32BE(hasNull, 4);
  scratch.writeInt32BE(textType, 8);
  scratch.writeInt32BE(values.length, 12);
  scratch.writeInt32BE(1, 16);
  return Buffer.from(scratch.subarray(0, at));
}

/** Texts that are UTF-8 already. */
export const encodedTextArray = (values: readonly (Buffer | null)[]): Buffer =>
  encode(
    textType,
    values,
    (value) => value.length,
    (buffer, value, at) => buffer.set(value, at),
  );

export const intArray = (values: readonly (number | null)[]): Buffer =>
  encode(
    23,
    values,
    () => 4,
    (buffer, value, at) => buffer.writeInt32BE(value, at),
  );

export const booleanArray = (values: readonly (boolean | null)[]): Buffer =>
  encode(
    16,
    values,
    () => 1,
    (buffer, value, at) => buffer.writeUInt8(value ? 1 : 0, at),
  );

export const uuidArray = (values: readonly (string | null)[]): Buffer =>
  encode(
    2950,
    values,
    () => 16,
    (buffer, value, at) => buffer.write(value.replaceAll('-', ''), at, 16, 'hex'),
  );

export const bytesArray = (values: readonly (Buffer | null)[]): Buffer =>
  encode(
    17,
    values,
    (value) => value.length,
    (buffer, value, at) => buffer.set(value, at),
  );

/** ISO instants. */
export const instantArray = (values: readonly (string | null)[]): Buffer =>
  encode(
    1184,
    values,
    () => 8,
    (buffer, value, at) => buffer.writeBigInt64BE(BigInt(Date.parse(value) - postgresEpochMs) * 1000n, at),
  );
