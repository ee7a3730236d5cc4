import { complaint, elementDefect } from './check-element.ts';
import { excerpt, type Finding } from './finding.ts';
import type { TransactionSet } from './interchange.ts';
import { type CuttingBytes, nameAt, skipBreaks } from './segment-bytes.ts';
import { type SegmentRule, type SetRules, surelyFits } from './set-rules.ts';

const most = 100;

type Note = (finding: Omit<Finding, 'position'>) => void;

function noteElement(bytes: Buffer, from: number, to: number, rule: SegmentRule, index: number, note: Note): void {
  const element = rule.elements[index];
  const code = element === undefined ? undefined : elementDefect(bytes, from, to, element);
  if (element === undefined || code === undefined) return;
  const message = `${rule.name}${String(index + 1).padStart(2, '0')} ${complaint(code, element)}`;
  const value = excerpt(from < to ? bytes.toString('utf8', from, to) : '');
  note({ code, message, segment: rule.name, element: index + 1, value });
}

/** Looks at the elements of the segment at `start` without cutting it; answers where it ends. */
function checkSegment(bytes: Buffer, start: number, rule: SegmentRule, delimiters: CuttingBytes, note: Note): number {
  const { element, terminator } = delimiters;
  const { length } = bytes;
  const { bounds } = rule;
  const count = rule.elements.length;
  /** All bytes of the element, or-ed: below 0x80 it is ASCII, and has as many characters as bytes. */
  let all = 0;
  let from = start + rule.name.length + 1;
  let index = 0;
  let cursor = from - 1;
  if (bytes[cursor] !== terminator) cursor = from;
  while (cursor < length) {
    const byte = bytes[cursor] as number;
    if (byte === element || byte === terminator) {
      if (index < count && (all > 0x7f || !surelyFits(bounds, index, cursor - from))) {
        noteElement(bytes, from, cursor, rule, index, note);
      }
      index += 1;
      from = cursor + 1;
      all = 0;
      if (byte === terminator) break;
    }
    all |= byte;
    cursor += 1;
  }
  // The last segment may have no terminator, and elements at the end may be left out.
  const end = Math.min(cursor, length);
  if (cursor >= length && index < count) noteElement(bytes, from, end, rule, index++, note);
  for (; index < count; index += 1) noteElement(bytes, end, end, rule, index, note);
  return end;
}

function endOfSegment(bytes: Buffer, start: number, terminator: number): number {
  let cursor = start;
  while (cursor < bytes.length && bytes[cursor] !== terminator) cursor += 1;
  return cursor;
}

/** What is wrong with a set by its rules; empty when all is well. What the reader found (`set.findings`) is not repeated. */
export function checkSet(set: TransactionSet, rules: SetRules): readonly Finding[] {
  const { bytes, cut } = set;
  if (set.identifier !== rules.identifier) {
    const message = `set ${excerpt(set.identifier)} was read as ${rules.identifier}`;
    return [{ code: 'set-not-supported', message, segment: 'ST', position: 1, element: 1 }];
  }
  const findings: Finding[] = [];
  const delimiters = {
    element: cut.delimiters.element.charCodeAt(0),
    terminator: cut.delimiters.segment.charCodeAt(0),
  };
  let seen = 0;
  let position = 0;
  const note = (finding: Omit<Finding, 'position'>) => {
    if (findings.length < most) findings.push({ ...finding, position });
  };
  let start = skipBreaks(bytes, 0, cut.tolerant);
  while (start < bytes.length && findings.length < most) {
    position += 1;
    const rule = rules.segments.get(nameAt(bytes, start, delimiters));
    const end =
      rule === undefined
        ? endOfSegment(bytes, start, delimiters.terminator)
        : checkSegment(bytes, start, rule, delimiters, note);
    if (rule !== undefined) seen |= rule.bit;
    start = skipBreaks(bytes, end + 1, cut.tolerant);
  }
  rules.required.forEach((name, place) => {
    if ((seen & (1 << place)) === 0) note({ code: 'segment-missing', message: `${name} is missing`, segment: name });
  });
  return findings;
}
