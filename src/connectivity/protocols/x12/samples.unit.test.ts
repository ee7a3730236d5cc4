import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAcknowledgement, readInterchanges } from './index.ts';
import { findingsIn } from './testing.ts';

const folder = new URL('fixtures/', import.meta.url);
const sample = (name: string) => readFileSync(new URL(name, folder));
const names = readdirSync(folder).filter((name) => name.endsWith('.edi'));
const setsOf = (name: string) =>
  readInterchanges(sample(name), { tolerant: true }).interchanges.flatMap(({ groups }) =>
    groups.flatMap(({ sets }) => sets),
  );

/** Sets with their segments, and what is really wrong with the samples as people keep them. */
const expected: Readonly<Record<string, readonly [identifier: string, segments: number, wrong: readonly string[]]>> = {
  'ediengine.850.OK.edi': ['850', 33, []],
  'ediengine.940.OK.edi': ['940', 29, []],
  'edinet.x12.810a.edi': ['810', 64, []],
  'edinet.x12.850.edi': ['850', 11, ['control-number-mismatch']],
  'stedi.855.inbound.edi': ['855', 17, []],
  'x12types.004010_850.edi': ['850', 35, []],
  'x12types.004060_856.edi': ['856', 31, []],
  'x12types.v004010.940.1.edi': ['940', 29, ['control-number-mismatch', 'control-number-mismatch']],
  // A terminator is missing, so that two segments run into one over a line break.
  'x12types.v004010.940.3.edi': ['940', 20, ['control-character', 'control-character']],
  // Three segments were left out by whoever made the sample.
  'x12types.v004010.945.1.edi': ['945', 29, ['missing-envelope', 'wrong-count']],
  'x12types.v004010.997.1.edi': ['997', 10, ['missing-envelope']],
};

describe('samples from the wild, read tolerantly', () => {
  test('are all there', () => {
    expect(names.sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(names)('%s', (name) => {
    const [identifier, , wrong] = expected[name] ?? ['', 0, []];
    const found = findingsIn(sample(name), true);
    expect(found.whole).toBe(true);
    expect(found.stray).toEqual([]);
    expect([...found.interchange, ...found.group, ...found.sets.flat()].sort()).toEqual([...wrong].sort());
    const [set] = setsOf(name);
    expect(set?.identifier).toBe(identifier);
    expect(set?.segments[0]?.[0]).toBe('ST');
    expect(set?.segments.at(-1)?.[0]).toBe('SE');
  });

  test('a 940 with another terminator and no last line break', () => {
    const [set] = setsOf('ediengine.940.OK.edi');
    expect(set?.segments).toHaveLength(29);
    expect(set?.segments[1]).toEqual(['W05', 'N', '538686', '', '001001', '538686']);
  });

  test('a 945 without envelope', () => {
    const [set] = setsOf('x12types.v004010.945.1.edi');
    expect(set?.segments[1]?.slice(0, 5)).toEqual(['W06', 'F', '01766655', '20131029', '1035']);
    expect(set?.segments.filter(([name]) => name === 'W12')).toHaveLength(3);
  });

  test('a 997 that refuses', () => {
    const [set] = setsOf('x12types.v004010.997.1.edi');
    const read = set === undefined ? undefined : readAcknowledgement(set);
    expect(read).toMatchObject({
      ok: true,
      value: {
        functionalIdentifier: 'PO',
        groupControl: '2',
        accepted: false,
        sets: [
          {
            identifier: '850',
            control: '103465910',
            accepted: false,
            reasons: [
              'segment 3 (REF) has wrong elements',
              'segment 3 (REF) element 1 has a code that is not known: BM',
              'segment 4 (REF) has wrong elements',
              'segment 4 (REF) element 1 has a code that is not known: DP',
              'the count of segments is wrong',
              'one or more segments are wrong',
            ],
          },
        ],
      },
    });
  });
});

describe('read strictly', () => {
  test('the samples with a sound envelope are still read', () => {
    for (const name of ['ediengine.850.OK.edi', 'stedi.855.inbound.edi', 'x12types.004010_850.edi']) {
      expect(findingsIn(sample(name))).toMatchObject({ whole: true, stray: [], interchange: [], group: [] });
    }
  });

  test.each([
    ['edinet.x12.810a.edi', 'malformed-isa'],
    ['x12types.v004010.945.1.edi', 'not-x12'],
    ['x12types.v004010.997.1.edi', 'not-x12'],
  ])('%s is refused: %s', (name, code) => {
    expect(findingsIn(sample(name))).toMatchObject({ whole: false, stray: [code] });
  });

  test('a last segment without terminator is not believed: more may be coming', () => {
    const found = findingsIn(sample('ediengine.940.OK.edi'));
    expect(found.whole).toBe(false);
    expect(found.interchange).toEqual(['unterminated-segment', 'missing-trailer']);
  });
});
