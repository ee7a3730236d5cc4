import { readInterchanges } from './read.ts';
import { type SetToWrite, writeInterchange } from './write.ts';

export const at = '2026-03-01T10:15:30.000Z';

/** A small body of a 940. */
export const body940 = (order: string): string[][] => [
  ['W05', 'N', order, `PO-${order}`],
  ['N1', 'ST', 'Alice Smith'],
  ['LX', '1'],
  ['W01', '6', 'EA', '', 'VN', '85123A'],
  ['W76', '6'],
];

export const set940 = (place: number): SetToWrite => ({
  identifier: '940',
  control: String(place).padStart(4, '0'),
  body: body940(String(100_000 + place)),
});

export const sides = { senderQualifier: 'ZZ', sender: 'OURS', receiverQualifier: 'ZZ', receiver: 'THEIRS' };

/** An interchange with one group of so many 940. */
export const interchange = (count: number, control = '7'): string =>
  writeInterchange({
    ...{ ...sides, control, usage: 'T', at },
    groups: [
      {
        ...{ functionalIdentifier: 'OW', sender: 'OURS', receiver: 'THEIRS', control, version: '004010' },
        sets: Array.from({ length: count }, (_, place) => set940(place + 1)),
      },
    ],
  });

/** Everything found in an input, with where it was found. */
export function findingsIn(input: string | Uint8Array, tolerant = false) {
  const { interchanges, findings, whole } = readInterchanges(input, { tolerant });
  const groups = interchanges.flatMap((read) => read.groups);
  const codes = (levels: readonly { readonly findings: readonly { code: string }[] }[]) =>
    levels.flatMap((level) => level.findings.map(({ code }) => code));
  return {
    whole,
    stray: findings.map(({ code }) => code),
    interchange: codes(interchanges),
    group: codes(groups),
    sets: groups.flatMap(({ sets }) => sets.map((set) => set.findings.map(({ code }) => code))),
  };
}
