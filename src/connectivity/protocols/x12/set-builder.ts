import { isUtf8 } from 'node:buffer';
import type { ControlNumbers } from './control-numbers.ts';
import type { Delimiters } from './delimiters.ts';
import { createFindings, excerpt, type Finding } from './finding.ts';
import type { Segment, TransactionSet } from './interchange.ts';
import type { Limits } from './options.ts';
import { cutSegment, cutSegments } from './segment-bytes.ts';

/** Gathers one set while it is read. */
export interface SetBuilder {
  /** A segment of its body. `named`: its name is a name. `odd`: there is a control character in it. */
  add(bytes: Buffer, start: number, end: number, named: boolean, odd: boolean): void;
  /** The bytes go on in others that begin at `place` of these. */
  turn(bytes: Buffer, place: number): void;
  /** `trailer` is its SE, which ends at `end`; undefined when another segment came at `end` instead. */
  close(bytes: Buffer, end: number, trailer: Segment | undefined): TransactionSet;
}

export interface SetBuilderNeeds {
  readonly delimiters: Delimiters;
  readonly tolerant: boolean;
  readonly limits: Limits;
  /** Control numbers used before in its group. */
  readonly known: ControlNumbers;
}

const controlCharacter = /\p{Cc}/u;
const nothing = Buffer.alloc(0);

/** Numbers as counts stand in trailers; undefined for anything else. */
export const countOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;

/** The set whose ST stands at `start`. */
export function startSet(start: number, header: Segment, needs: SetBuilderNeeds): SetBuilder {
  const { limits, delimiters, tolerant } = needs;
  const findings = createFindings();
  const [, identifier = '', control = ''] = header;
  const pieces: Buffer[] = [];
  let from = start;
  let count = 1;
  const note = (code: Finding['code'], message: string, element: number, segment = 'ST', position = 1) =>
    findings.add({ code, message, segment, position, element });

  if (identifier === '') note('set-identifier-missing', 'ST01 does not say which set this is', 1);
  if (control === '') note('control-number-missing', 'ST02 has no control number', 2);
  if (needs.known.has(control)) note('control-number-repeated', `ST02 ${control} was used before in this group`, 2);

  /** The full look is for what may be wrong: it would cost more than all the rest of the reading. */
  const examine = (elements: Segment) => {
    const name = excerpt(elements[0] ?? '');
    const at = { segment: name, position: count };
    if (elements.length - 1 > limits.elements) {
      findings.add({ ...at, code: 'too-many-elements', message: `${name} has more than ${limits.elements} elements` });
    }
    const element = elements.findIndex((value) => controlCharacter.test(value.replaceAll(delimiters.component, '')));
    if (element >= 0) {
      findings.add({ ...at, code: 'control-character', message: `a control character in ${name}`, element });
    }
  };
  const checkTrailer = (trailer: Segment | undefined) => {
    if (trailer === undefined) {
      const message = `set ${excerpt(control)} has no SE`;
      findings.add({ code: 'missing-trailer', message, segment: 'SE', position: count + 1 });
      return;
    }
    const [, said = '', trailing = ''] = trailer;
    if (countOf(said) !== count) {
      note('wrong-count', `SE01 says ${excerpt(said)} segments, there are ${count}`, 1, 'SE', count);
    }
    if (trailing !== control) {
      const message = `SE02 ${excerpt(trailing)} is not ST02 ${excerpt(control)}`;
      note('control-number-mismatch', message, 2, 'SE', count);
    }
  };
  const gather = (bytes: Buffer, end: number): Buffer => {
    const last = bytes.subarray(from, end);
    return pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
  };
  const finish = (bytes: Buffer): TransactionSet => {
    if (!isUtf8(bytes)) findings.add({ code: 'bad-encoding', message: 'the set is not UTF-8' });
    let segments: readonly Segment[] | undefined;
    return {
      identifier,
      control,
      bytes,
      cut: { delimiters, tolerant },
      get segments() {
        segments ??= cutSegments(bytes, delimiters, tolerant);
        return segments;
      },
      findings: findings.list,
    };
  };

  return {
    add: (bytes, begin, end, named, odd) => {
      count += 1;
      if (!named) {
        const name = excerpt(bytes.toString('utf8', begin, end));
        findings.add({ code: 'bad-segment', message: `${JSON.stringify(name)} has no segment name`, position: count });
      }
      if (odd || end - begin > limits.elements) examine(cutSegment(bytes, begin, end, delimiters));
    },
    turn: (bytes, place) => {
      if (count > limits.segments) pieces.length = 0;
      else if (from < place) pieces.push(bytes.subarray(from, place));
      from = 0;
    },
    close: (bytes, end, trailer) => {
      if (trailer !== undefined) count += 1;
      if (count > limits.segments) {
        findings.add({ code: 'too-many-segments', message: `the set has more than ${limits.segments} segments` });
        return finish(nothing);
      }
      checkTrailer(trailer);
      return finish(gather(bytes, end));
    },
  };
}
