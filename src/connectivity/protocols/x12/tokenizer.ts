import { type Delimiters, usualDelimiters } from './delimiters.ts';
import type { Finding } from './finding.ts';
import type { Segment } from './interchange.ts';
import { type IsaFound, readExactIsa, readTolerantIsa } from './isa.ts';
import type { Limits } from './options.ts';
import { skipBreaks } from './segment-bytes.ts';

export interface Tokenizer {
  write(bytes: Buffer): void;
  end(): void;
}

/** A segment is told as a place in bytes, not as a text: most are only looked at. */
export interface TokenizerNeeds {
  readonly tolerant: boolean;
  readonly limits: Limits;
  /** An ISA that stands at `start`. */
  readonly isa: (segment: Segment, delimiters: Delimiters, bytes: Buffer, start: number) => void;
  /** For bytes without envelope, read tolerantly: the delimiters that they seem to use. */
  readonly guessed: (delimiters: Delimiters) => void;
  /** The segment from `start` to `end`, without its terminator. `odd`: a control character is in it. */
  readonly segment: (bytes: Buffer, start: number, end: number, odd: boolean) => void;
  /** What stands before `place` is forgotten after this call, and the next bytes begin there. */
  readonly turn: (bytes: Buffer, place: number) => void;
  /** Called once at most: after it nothing more is read. */
  readonly broken: (finding: Finding) => void;
}

const letterI = 0x49;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** For text without envelope: the character after the first name cuts elements; `~`, or else the line, ends segments. */
function guessDelimiters(bytes: Buffer, start: number): Delimiters | undefined {
  const text = bytes.toString('latin1', start, bytes.length);
  const element = /^[A-Z][A-Z0-9]{1,2}([^A-Za-z0-9\s])/.exec(text)?.[1];
  if (element === undefined) return undefined;
  const line = text.includes('\r') ? '\r' : '\n';
  return { ...usualDelimiters, element, segment: text.includes('~') ? '~' : line };
}

/** Finds segments in one pass, whatever the pieces in which the bytes come. Looks at each byte once. */
export function createTokenizer(needs: TokenizerNeeds): Tokenizer {
  const { tolerant, limits } = needs;
  const readIsa = tolerant ? readTolerantIsa : readExactIsa;
  let bytes: Buffer = Buffer.alloc(0);
  let place = 0;
  /** Looked at already: no terminator before it. */
  let seen = 0;
  let odd = false;
  let cutting: { readonly terminator: number; readonly element: number; readonly component: number } | undefined;
  let begun = false;
  let stopped = false;

  const stop = (code: Finding['code'], message: string) => {
    stopped = true;
    needs.broken({ code, message });
  };
  const cutBy = ({ element, component, segment }: Delimiters) => {
    cutting = {
      terminator: segment.charCodeAt(0),
      element: element.charCodeAt(0),
      component: component.charCodeAt(0),
    };
  };

  const useHeader = (found: IsaFound) => {
    cutBy(found.delimiters);
    needs.isa(found.segment, found.delimiters, bytes, place);
    place = found.end;
  };
  /** Reads an ISA at `place`; answers whether reading may go on. */
  const header = (final: boolean): boolean => {
    const found = readIsa(bytes, place);
    if (found === 'more') {
      if (final) stop('malformed-isa', 'the input ends within the ISA');
      return false;
    }
    if ('defect' in found) stop('malformed-isa', found.defect);
    else useHeader(found);
    return !stopped;
  };

  /** At the very beginning; answers whether reading may go on. */
  const opening = (final: boolean): boolean => {
    if (bytes.length - place < 4 && !final) return false;
    if (!begun && byteOrderMark.every((byte, index) => bytes[place + index] === byte)) place += byteOrderMark.length;
    begun = true;
    if (bytes[place] === letterI && bytes.length - place > 2) return header(final);
    const guessed = tolerant ? guessDelimiters(bytes, place) : undefined;
    if (guessed === undefined) {
      stop('not-x12', 'the input does not begin with an ISA segment');
      return false;
    }
    cutBy(guessed);
    needs.guessed(guessed);
    return true;
  };

  const isIsa = (): boolean => bytes[place] === letterI && bytes[place + 1] === 0x53 && bytes[place + 2] === 0x41;

  /** What has no terminator yet. */
  const rest = (final: boolean) => {
    if (bytes.length - place > limits.segmentLength) {
      stop('segment-too-long', `a segment is longer than ${limits.segmentLength} bytes`);
    } else if (final && !tolerant) {
      stop('unterminated-segment', 'the last segment has no terminator');
    } else if (final) {
      needs.segment(bytes, place, bytes.length, odd);
      place = bytes.length;
    }
  };

  /** Moves `seen` to the next terminator; answers whether there is one. The loop touches nothing but locals: it is the hot one. */
  const seek = (terminator: number, element: number, component: number): boolean => {
    const source = bytes;
    const { length } = source;
    let cursor = seen;
    let controls = 0;
    while (cursor < length) {
      const byte = source[cursor] as number;
      if (byte === terminator) break;
      if (byte < 0x20 && byte !== element && byte !== component) controls += 1;
      cursor += 1;
    }
    seen = cursor;
    if (controls > 0) odd = true;
    return cursor < length;
  };

  const drain = (final: boolean) => {
    while (!stopped) {
      place = skipBreaks(bytes, place, tolerant);
      if (place >= bytes.length) break;
      if (cutting === undefined || isIsa()) {
        const goOn = cutting === undefined ? opening(final) : header(final);
        seen = place;
        if (!goOn) break;
        continue;
      }
      if (seen < place) seen = place;
      if (!seek(cutting.terminator, cutting.element, cutting.component)) {
        rest(final);
        break;
      }
      if (seen - place > limits.segmentLength) {
        stop('segment-too-long', `a segment is longer than ${limits.segmentLength} bytes`);
        break;
      }
      needs.segment(bytes, place, seen, odd);
      odd = false;
      place = seen + 1;
    }
    needs.turn(bytes, place);
    bytes = stopped ? Buffer.alloc(0) : bytes.subarray(place);
    seen = Math.max(0, seen - place);
    place = 0;
  };

  return {
    write: (more) => {
      if (stopped) return;
      bytes = bytes.length === 0 ? more : Buffer.concat([bytes, more]);
      drain(false);
    },
    end: () => {
      if (!stopped) drain(true);
    },
  };
}
