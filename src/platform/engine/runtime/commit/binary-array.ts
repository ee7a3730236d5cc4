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

/** Values that are all `width` bytes long. Plain loops: this runs for every column of every batch. */
function fixedArray<Value>(
  elementType: number,
  width: number,
  values: readonly (Value | null)[],
  write: (buffer: Buffer, value: Value, at: number) => void,
): Buffer {
  let nulls = 0;
  for (const value of values) if (value === null) nulls += 1;
  const buffer = begin(elementType, values.length, (values.length - nulls) * width, nulls > 0);
  let at = headerLength;
  for (const value of values) {
    buffer.writeInt32BE(value === null ? -1 : width, at);
    at += 4;
    if (value === null) continue;
    write(buffer, value, at);
    at += width;
  }
  return buffer;
}

/** Bytes as they are. */
function bytesOf(elementType: number, values: readonly (Buffer | null)[]): Buffer {
  let bytes = 0;
  let hasNull = false;
  for (const value of values) {
    if (value === null) hasNull = true;
    else bytes += value.length;
  }
  const buffer = begin(elementType, values.length, bytes, hasNull);
  let at = headerLength;
  for (const value of values) {
    buffer.writeInt32BE(value === null ? -1 : value.length, at);
    at += 4;
    if (value === null) continue;
    buffer.set(value, at);
    at += value.length;
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
export const encodedTextArray = (values: readonly (Buffer | null)[]): Buffer => bytesOf(textType, values);

export const bytesArray = (values: readonly (Buffer | null)[]): Buffer => bytesOf(17, values);

export const intArray = (values: readonly (number | null)[]): Buffer =>
  fixedArray(23, 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at));

export const booleanArray = (values: readonly (boolean | null)[]): Buffer =>
  fixedArray(16, 1, values, (buffer, value, at) => buffer.writeUInt8(value ? 1 : 0, at));

const digitOf = (code: number): number => (code <= 57 ? code - 48 : (code | 32) - 87);

function writeUuid(buffer: Buffer, uuid: string, at: number): void {
  for (let from = 0, to = at; from < 36; from += 2) {
    if (uuid.charCodeAt(from) === 45) from += 1;
    buffer[to] = (digitOf(uuid.charCodeAt(from)) << 4) | digitOf(uuid.charCodeAt(from + 1));
    to += 1;
  }
}

export const uuidArray = (values: readonly (string | null)[]): Buffer => fixedArray(2950, 16, values, writeUuid);

const twoTo32 = 4_294_967_296;

/** ISO instants. Microseconds are exact as a number for some centuries to come. */
export const instantArray = (values: readonly (string | null)[]): Buffer =>
  fixedArray(1184, 8, values, (buffer, value, at) => {
    const microseconds = (Date.parse(value) - postgresEpochMs) * 1_000;
    buffer.writeInt32BE(Math.floor(microseconds / twoTo32), at);
    buffer.writeUInt32BE(microseconds - Math.floor(microseconds / twoTo32) * twoTo32, at + 4);
  });
