import type { Finding } from './finding.ts';
import type { Group, Segment, TransactionSet } from './interchange.ts';

/** Our findings in the words of a 997: of a set (AK5), a segment (AK3), an element (AK4). Only the codes that we use. */
const setCodes: Partial<Record<Finding['code'], string>> = {
  'set-not-supported': '1',
  'missing-trailer': '2',
  'control-number-mismatch': '3',
  'wrong-count': '4',
  'set-identifier-missing': '6',
  'control-number-missing': '7',
  'control-number-repeated': '7',
};
const segmentCodes: Partial<Record<Finding['code'], string>> = { 'bad-segment': '1', 'segment-missing': '3' };
const elementCodes: Partial<Record<Finding['code'], string>> = {
  'element-missing': '1',
  'too-many-elements': '3',
  'element-too-short': '4',
  'element-too-long': '5',
  'element-bad-character': '6',
  'control-character': '6',
  'element-bad-code': '7',
  'element-bad-date': '8',
  'element-bad-time': '9',
};
const groupCodes: Partial<Record<Finding['code'], string>> = {
  'missing-trailer': '3',
  'control-number-mismatch': '4',
  'wrong-count': '5',
};
const oneOrMoreSegmentsInError = '5';

/** Element values go back without what would cut the acknowledgement. */
const copied = (value: string): string => value.replace(/[*>~\p{Cc}]/gu, ' ').trim();

function segmentErrors(findings: readonly Finding[]): readonly Segment[] {
  const lines: Segment[] = [];
  const places = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (setCodes[finding.code] !== undefined || finding.segment === undefined) continue;
    const place = `${finding.segment}:${finding.position ?? 0}`;
    places.set(place, [...(places.get(place) ?? []), finding]);
  }
  for (const found of places.values()) {
    const [first] = found;
    const name = copied(first?.segment ?? '').slice(0, 3);
    const code = segmentCodes[first?.code ?? 'bad-segment'] ?? '8';
    lines.push(['AK3', name, String(first?.position ?? 1), '', code]);
    for (const finding of found) {
      const elementCode = elementCodes[finding.code];
      if (elementCode === undefined || finding.element === undefined) continue;
      lines.push(['AK4', String(finding.element), '', elementCode, copied(finding.value ?? '')]);
    }
  }
  return lines;
}

const unique = (codes: readonly string[]): readonly string[] => [...new Set(codes)].slice(0, 5);

function setLines(set: TransactionSet, findings: readonly Finding[]): readonly Segment[] {
  const errors = segmentErrors(findings);
  const codes = unique([
    ...findings.flatMap(({ code }) => setCodes[code] ?? []),
    ...(errors.length > 0 ? [oneOrMoreSegmentsInError] : []),
  ]);
  const verdict = findings.length === 0 ? ['AK5', 'A'] : ['AK5', 'R', ...codes];
  return [['AK2', set.identifier, set.control], ...errors, verdict];
}

/**
 * The body of a 997 about a group. `findings` says what is wrong with a set, beyond what the reader found; a group with findings of
 * its own is refused whole. It says that the syntax was understood, and nothing about the business.
 */
export function acknowledgement(
  group: Group,
  findings: (set: TransactionSet) => readonly Finding[] = () => [],
): readonly Segment[] {
  const verdicts = group.sets.map((set) => ({ set, wrong: [...set.findings, ...findings(set)] }));
  const good = verdicts.filter(({ wrong }) => wrong.length === 0).length;
  const refused = group.findings.length > 0;
  const accepted = refused ? 0 : good;
  let code = 'R';
  if (accepted === verdicts.length && accepted > 0) code = 'A';
  else if (accepted > 0) code = 'P';
  const total = String(verdicts.length);
  const codes = unique(group.findings.flatMap((finding) => groupCodes[finding.code] ?? []));
  return [
    ['AK1', group.header.functionalIdentifier, group.header.control],
    ...verdicts.flatMap(({ set, wrong }) => setLines(set, wrong)),
    ['AK9', code, total, total, String(accepted), ...codes],
  ];
}
