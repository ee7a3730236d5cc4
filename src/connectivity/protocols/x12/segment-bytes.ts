import type { Delimiters } from './delimiters.ts';
import type { Segment } from './interchange.ts';

const space = 0x20;
const tab = 0x09;
const isBreak = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d;

/** Where the next segment begins: line breaks may stand between segments and, read tolerantly, any blank. */
export function skipBreaks(bytes: Uint8Array, place: number, tolerant: boolean): number {
  let next = place;
  while (isBreak(bytes[next]) || (tolerant && (bytes[next] === space || bytes[next] === tab))) next += 1;
  return next;
}

/** The same bytes as a buffer, which can be cut and decoded without a copy. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** Cuts one segment into its elements. */
export const cutSegment = (bytes: Buffer, start: number, end: number, delimiters: Delimiters): Segment =>
  bytes.toString('utf8', start, end).split(delimiters.element);

/** Cuts whole segments into their elements. */
export function cutSegments(bytes: Buffer, delimiters: Delimiters, tolerant: boolean): readonly Segment[] {
  const segments: Segment[] = [];
  const terminator = delimiters.segment.charCodeAt(0);
  let place = skipBreaks(bytes, 0, tolerant);
  while (place < bytes.length) {
    const found = bytes.indexOf(terminator, place);
    const end = found < 0 ? bytes.length : found;
    segments.push(cutSegment(bytes, place, end, delimiters));
    place = skipBreaks(bytes, end + 1, tolerant);
  }
  return segments;
}

const isLetter = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;
const isLetterOrDigit = (byte: number): boolean => isLetter(byte) || (byte >= 0x30 && byte <= 0x39);

/** The bytes that cut, for looking at bytes. */
export interface CuttingBytes {
  readonly element: number;
  readonly terminator: number;
}

/**
 * The name of the segment at `start` as one number, so that looking at a segment makes no garbage; 0 when it is no name: a letter,
 * then one or two letters or digits.
 */
export function nameAt(bytes: Uint8Array, start: number, { element, terminator }: CuttingBytes): number {
  const first = bytes[start] ?? 0;
  const second = bytes[start + 1] ?? 0;
  if (!isLetter(first) || !isLetterOrDigit(second)) return 0;
  const pair = (first << 16) | (second << 8);
  const third = bytes[start + 2] ?? terminator;
  if (third === element || third === terminator) return pair;
  if (!isLetterOrDigit(third)) return 0;
  const fourth = bytes[start + 3] ?? terminator;
  return fourth === element || fourth === terminator ? pair | third : 0;
}

/** The same number for a name that is known. */
export const nameNumber = (name: string): number => nameAt(Buffer.from(name), 0, { element: -1, terminator: -1 });
