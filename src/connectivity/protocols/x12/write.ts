import type { Instant } from '#model/kernel';
import { type Delimiters, delimiterDefect, usualDelimiters } from './delimiters.ts';
import type { Segment } from './interchange.ts';

/** A set to write: its body, without ST and SE. */
export interface SetToWrite {
  readonly identifier: string;
  /** ST02, 4 to 9 characters. */
  readonly control: string;
  readonly body: readonly Segment[];
}

export interface GroupToWrite {
  readonly functionalIdentifier: string;
  readonly sender: string;
  readonly receiver: string;
  /** GS06, a number of at most 9 digits. */
  readonly control: string;
  /** GS08, e.g. `004010`. */
  readonly version: string;
  readonly sets: readonly SetToWrite[];
}

export interface InterchangeToWrite {
  readonly senderQualifier: string;
  readonly sender: string;
  readonly receiverQualifier: string;
  readonly receiver: string;
  /** ISA13, a number of at most 9 digits; padded here. */
  readonly control: string;
  /** ISA15. */
  readonly usage: 'P' | 'T';
  readonly at: Instant;
  readonly groups: readonly GroupToWrite[];
  /** Default: `*`, `>`, `~`. */
  readonly delimiters?: Delimiters;
}

const digits = (at: Instant): string => at.replace(/\D/g, '');

/** Text of at most `width` characters, filled up with blanks. */
function fixed(name: string, text: string, width: number): string {
  if (text === '' || text.length > width) throw new RangeError(`${name} must have 1 to ${width} characters: ${text}`);
  return text.padEnd(width, ' ');
}

function number(name: string, text: string): string {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`${name} must be a number of at most 9 digits: ${text}`);
  return text;
}

/** Puts a segment on the wire: empty elements at the end are left out, and what would cut it is refused. */
function createSegmentWriter(delimiters: Delimiters): (segment: Segment) => string {
  const reserved = new Set(Object.values<string>({ ...delimiters }));
  const unfit = (text: string): string | undefined =>
    [...text].find((character) => reserved.has(character) || /\p{Cc}/u.test(character));
  return (segment) => {
    let last = segment.length;
    while (last > 1 && segment[last - 1] === '') last -= 1;
    const elements = segment.slice(0, last);
    elements.forEach((text, place) => {
      const character = unfit(text);
      if (character === undefined) return;
      const element = `${segment[0]}${String(place).padStart(2, '0')}`;
      throw new RangeError(
        `${element} cannot hold ${JSON.stringify(character)}: it is a delimiter or a control character`,
      );
    });
    return `${elements.join(delimiters.element)}${delimiters.segment}`;
  };
}

function isa(interchange: InterchangeToWrite, delimiters: Delimiters): string {
  const { element } = delimiters;
  const blank = ' '.repeat(10);
  const fields = [
    ...['ISA', '00', blank, '00', blank],
    fixed('ISA05', interchange.senderQualifier, 2),
    fixed('ISA06', interchange.sender, 15),
    fixed('ISA07', interchange.receiverQualifier, 2),
    fixed('ISA08', interchange.receiver, 15),
    digits(interchange.at).slice(2, 8),
    digits(interchange.at).slice(8, 12),
    ...['U', '00401', number('ISA13', interchange.control).padStart(9, '0'), '0', interchange.usage],
  ];
  // Between data and separator there is nothing to tell them apart but their places; a separator in data would shift them all.
  const bad = fields.find((field) => field.includes(element));
  if (bad !== undefined) throw new RangeError(`the ISA cannot hold ${JSON.stringify(element)}: ${bad}`);
  return `${fields.join(element)}${element}${delimiters.component}${delimiters.segment}`;
}

/**
 * Writes an interchange: counts, trailers and padding are made here. Each segment stands on its own line. Throws `RangeError`
 * naming the element when data holds a delimiter or a control character, or does not fit the envelope.
 */
export function writeInterchange(interchange: InterchangeToWrite): string {
  const delimiters = interchange.delimiters ?? usualDelimiters;
  const defect = delimiterDefect(delimiters);
  if (defect !== undefined) throw new RangeError(defect);
  const segment = createSegmentWriter(delimiters);
  const lines = [isa(interchange, delimiters)];
  const date = digits(interchange.at).slice(0, 8);
  const time = digits(interchange.at).slice(8, 14);
  for (const group of interchange.groups) {
    const control = number('GS06', group.control);
    const { functionalIdentifier, sender, receiver, version, sets } = group;
    lines.push(segment(['GS', functionalIdentifier, sender, receiver, date, time, control, 'X', version]));
    for (const set of sets) {
      if (!/^[A-Za-z0-9]{4,9}$/.test(set.control)) {
        throw new RangeError(`ST02 must have 4 to 9 letters or digits: ${set.control}`);
      }
      lines.push(segment(['ST', set.identifier, set.control]));
      for (const line of set.body) lines.push(segment(line));
      lines.push(segment(['SE', String(set.body.length + 2), set.control]));
    }
    lines.push(segment(['GE', String(sets.length), control]));
  }
  lines.push(segment(['IEA', String(interchange.groups.length), interchange.control.padStart(9, '0')]));
  return `${lines.join('\n')}\n`;
}

/** A set as text for a record, one segment a line. */
export const setText = (segments: readonly Segment[], delimiters: Delimiters = usualDelimiters): string =>
  segments.map((segment) => `${segment.join(delimiters.element)}${delimiters.segment}`).join('\n');
