import type { ControlNumbers } from './control-numbers.ts';
import { createFindings, excerpt, type Finding } from './finding.ts';
import type { GroupHeader, InterchangeHeader, Segment } from './interchange.ts';
import { countOf } from './set-builder.ts';

type Findings = ReturnType<typeof createFindings>;

/** An interchange or a group that is open. */
export interface Level<Header> {
  readonly header: Header;
  readonly findings: Findings;
  /** Not in the input: read tolerantly, a set without envelope gets one. */
  readonly implied: boolean;
  /** Groups of an interchange, sets of a group. */
  count: number;
}

export interface GroupLevel extends Level<GroupHeader> {
  /** ST02 of its sets so far. */
  readonly controls: ControlNumbers;
}

export const openLevel = <Header>(header: Header, implied: boolean): Level<Header> => ({
  header,
  findings: createFindings(),
  implied,
  count: 0,
});

/** Numbers are compared without leading zeros: GS06 is a number, ISA13 a padded one. */
const sameNumber = (a: string, b: string): boolean => a.replace(/^0+(?=\d)/, '') === b.replace(/^0+(?=\d)/, '');

interface TrailerNames {
  readonly trailer: string;
  readonly control: string;
  readonly counts: string;
}
const groupNames: TrailerNames = { trailer: 'GE', control: 'GS06', counts: 'sets' };
const interchangeNames: TrailerNames = { trailer: 'IEA', control: 'ISA13', counts: 'groups' };

function checkTrailer(
  level: Level<{ readonly control: string }>,
  names: TrailerNames,
  trailer: Segment | undefined,
  position: number,
): readonly Finding[] {
  const { header, findings, count, implied } = level;
  if (implied) return findings.list;
  const at = { segment: names.trailer, position };
  if (trailer === undefined) {
    findings.add({ ...at, code: 'missing-trailer', message: `${names.trailer} is missing` });
    return findings.list;
  }
  const [, said = '', control = ''] = trailer;
  if (countOf(said) !== count) {
    const message = `${names.trailer}01 says ${excerpt(said)} ${names.counts}, there are ${count}`;
    findings.add({ ...at, code: 'wrong-count', message, element: 1 });
  }
  if (!sameNumber(control, header.control)) {
    const message = `${names.trailer}02 ${excerpt(control)} is not ${names.control} ${excerpt(header.control)}`;
    findings.add({ ...at, code: 'control-number-mismatch', message, element: 2 });
  }
  return findings.list;
}

/** Everything wrong with a group as a whole, once its trailer came or is missed. */
export const closeGroupLevel = (level: GroupLevel, trailer: Segment | undefined, position: number) =>
  checkTrailer(level, groupNames, trailer, position);

/** Everything wrong with an interchange as a whole, once its trailer came or is missed. */
export const closeInterchangeLevel = (
  level: Level<InterchangeHeader>,
  trailer: Segment | undefined,
  position: number,
) => checkTrailer(level, interchangeNames, trailer, position);
