import { createControlNumbers } from './control-numbers.ts';
import { type Delimiters, usualDelimiters } from './delimiters.ts';
import { excerpt, type Finding } from './finding.ts';
import { groupHeader, interchangeHeader } from './headers.ts';
import {
  blankGroupHeader,
  blankInterchangeHeader,
  type GroupHeader,
  type InterchangeHeader,
  type Segment,
  type TransactionSet,
} from './interchange.ts';
import { closeGroupLevel, closeInterchangeLevel, type GroupLevel, type Level, openLevel } from './levels.ts';
import { type ReadOptions, usualLimits } from './options.ts';
import { bufferOf, type CuttingBytes, cutSegment, nameAt, nameNumber } from './segment-bytes.ts';
import { type SetBuilder, startSet } from './set-builder.ts';
import { createTokenizer } from './tokenizer.ts';

/** What a reader tells, in the order of the input. A set is told when it is whole: memory holds one set, not the file. */
export interface ReaderNeeds {
  readonly interchange?: (header: InterchangeHeader) => void;
  readonly group?: (header: GroupHeader) => void;
  readonly set: (set: TransactionSet) => void;
  /** What is wrong with the group as a whole, its sets aside. */
  readonly groupEnd?: (findings: readonly Finding[]) => void;
  /** What is wrong with the interchange as a whole. `complete`: its trailer came. */
  readonly interchangeEnd?: (findings: readonly Finding[], complete: boolean) => void;
  /** What stands outside of any interchange. */
  readonly stray?: (finding: Finding) => void;
}

/** Takes UTF-8 in pieces of any size. It never throws for what it is given, and ends in a time that grows with the input only. */
export interface Reader {
  write(bytes: Uint8Array): void;
  end(): void;
}

const GS = nameNumber('GS');
const ST = nameNumber('ST');
const SE = nameNumber('SE');
const GE = nameNumber('GE');
const IEA = nameNumber('IEA');
const TA1 = nameNumber('TA1');
/** Asked for every segment of the input: a few comparisons and no garbage. */
const isEnvelope = (name: number): boolean =>
  name === ST || name === SE || name === GS || name === GE || name === IEA || name === TA1;

/** Makes a reader of X12: envelope, counts and control numbers are checked; what the sets say is the caller's. */
export function createReader(needs: ReaderNeeds, options: ReadOptions = {}): Reader {
  const tolerant = options.tolerant ?? false;
  const limits = { ...usualLimits, ...options.limits };
  let delimiters: Delimiters = usualDelimiters;
  let cutting: CuttingBytes = { element: 0x2a, terminator: 0x7e };
  let interchange: Level<InterchangeHeader> | undefined;
  let group: GroupLevel | undefined;
  let set: SetBuilder | undefined;
  let position = 0;

  const closeSet = (bytes: Buffer, end: number, trailer?: Segment) => {
    if (set === undefined) return;
    const whole = set.close(bytes, end, trailer);
    set = undefined;
    group?.controls.add(whole.control);
    needs.set(whole);
  };
  const closeGroup = (bytes: Buffer, end: number, trailer?: Segment) => {
    if (group === undefined) return;
    closeSet(bytes, end);
    const findings = closeGroupLevel(group, trailer, position);
    group = undefined;
    needs.groupEnd?.(findings);
  };
  const closeInterchange = (bytes: Buffer, end: number, trailer?: Segment) => {
    if (interchange === undefined) return;
    closeGroup(bytes, end);
    const findings = closeInterchangeLevel(interchange, trailer, position);
    const complete = interchange.implied || trailer !== undefined;
    interchange = undefined;
    needs.interchangeEnd?.(findings, complete);
  };

  const openInterchange = (header: InterchangeHeader, implied: boolean): Level<InterchangeHeader> => {
    interchange = openLevel(header, implied);
    if (implied) interchange.findings.add({ code: 'missing-envelope', message: 'there is no ISA segment' });
    needs.interchange?.(header);
    return interchange;
  };
  const openGroup = (header: GroupHeader, implied: boolean): GroupLevel => {
    const within = interchange ?? openInterchange(blankInterchangeHeader, true);
    within.count += 1;
    group = { ...openLevel(header, implied), controls: createControlNumbers() };
    if (header.control === '' && !implied) {
      const message = 'GS06 has no control number';
      group.findings.add({ code: 'control-number-missing', message, segment: 'GS', position, element: 6 });
    }
    needs.group?.(header);
    return group;
  };
  const openSet = (bytes: Buffer, start: number, header: Segment) => {
    closeSet(bytes, start);
    const within = group ?? openGroup(blankGroupHeader, true);
    within.count += 1;
    const known = within.controls;
    set = startSet(start, header, { delimiters, tolerant, limits, known });
  };

  const stray = (bytes: Buffer, start: number, end: number) => {
    const name = excerpt(cutSegment(bytes, start, end, delimiters)[0] ?? '');
    const finding: Finding = { code: 'stray-segment', message: `${name} has no place here`, segment: name, position };
    if (group !== undefined) group.findings.add(finding);
    else if (interchange !== undefined) interchange.findings.add(finding);
    else needs.stray?.(finding);
  };

  /** Answers false for a segment of the envelope that has no place where it stands. */
  const envelope = (name: number, bytes: Buffer, start: number, end: number): boolean => {
    const segment = cutSegment(bytes, start, end, delimiters);
    switch (name) {
      case GS:
        if (interchange === undefined && !tolerant) return false;
        closeGroup(bytes, start);
        openGroup(groupHeader(segment), false);
        return true;
      case ST:
        if (group === undefined && !tolerant) return false;
        openSet(bytes, start, segment);
        return true;
      case SE:
        if (set === undefined) return false;
        closeSet(bytes, end, segment);
        return true;
      case GE:
        if (group === undefined) return false;
        closeGroup(bytes, start, segment);
        return true;
      case IEA:
        if (interchange === undefined) return false;
        closeInterchange(bytes, start, segment);
        return true;
      // An interchange acknowledgement is about the carriage and not for us to judge.
      case TA1:
        return interchange !== undefined && group === undefined;
      default:
        return false;
    }
  };

  const cutBy = (chosen: Delimiters) => {
    delimiters = chosen;
    cutting = { element: chosen.element.charCodeAt(0), terminator: chosen.segment.charCodeAt(0) };
  };
  const tokenizer = createTokenizer({
    tolerant,
    limits,
    guessed: cutBy,
    isa: (segment, chosen, bytes, start) => {
      closeInterchange(bytes, start);
      cutBy(chosen);
      position = 1;
      openInterchange(interchangeHeader(segment), false);
    },
    segment: (bytes, start, end, odd) => {
      position += 1;
      const name = nameAt(bytes, start, cutting);
      if (isEnvelope(name) && envelope(name, bytes, start, end)) return;
      if (set === undefined) stray(bytes, start, end);
      else set.add(bytes, start, end, name !== 0, odd);
    },
    turn: (bytes, place) => set?.turn(bytes, place),
    broken: (finding) => {
      if (interchange === undefined) needs.stray?.(finding);
      else interchange.findings.add(finding);
    },
  });

  return {
    write: (bytes) => tokenizer.write(bufferOf(bytes)),
    end: () => {
      tokenizer.end();
      closeInterchange(Buffer.alloc(0), 0);
    },
  };
}
