import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReader, readInterchanges, readStream, type TransactionSet } from './index.ts';
import { findingsIn, interchange } from './testing.ts';

const clean = { whole: true, stray: [], interchange: [], group: [] };
const bytes = (text: string) => Buffer.from(text);

/** The same input in pieces of the given sizes. */
function readInPieces(input: Uint8Array, sizes: readonly number[]): readonly TransactionSet[] {
  const sets: TransactionSet[] = [];
  const reader = createReader({ set: (set) => sets.push(set) });
  let place = 0;
  let turn = 0;
  while (place < input.length) {
    const size = sizes[turn % sizes.length] ?? 1;
    reader.write(input.subarray(place, place + size));
    place += size;
    turn += 1;
  }
  reader.end();
  return sets;
}

describe('a whole interchange', () => {
  test('has its header, groups, sets and segments', () => {
    const { interchanges, whole } = readInterchanges(interchange(2));
    expect(whole).toBe(true);
    expect(interchanges).toMatchObject([
      {
        complete: true,
        header: { sender: 'OURS', receiver: 'THEIRS', control: '000000007', date: '260301', time: '1015', usage: 'T' },
        groups: [
          {
            header: { functionalIdentifier: 'OW', control: '7', date: '20260301', time: '101530', version: '004010' },
            sets: [
              { identifier: '940', control: '0001' },
              { identifier: '940', control: '0002' },
            ],
          },
        ],
      },
    ]);
    const [first] = interchanges[0]?.groups[0]?.sets ?? [];
    expect(first?.segments[1]).toEqual(['W05', 'N', '100001', 'PO-100001']);
    expect(first?.segments).toHaveLength(7);
  });

  test.each([
    ['line feed', '\n', '*', '>'],
    ['carriage return and line feed', '\r', '|', ':'],
    ['control characters', '\x1c', '\x1d', '\x1f'],
    ['caret', '^', '+', '@'],
  ])('may be cut by %s', (_, segment, element, component) => {
    const text = interchange(1)
      .replaceAll('\n', segment === '\r' ? '\n' : '')
      .replaceAll('~', segment)
      .replaceAll('*', element)
      .replaceAll('>', component);
    expect(findingsIn(text)).toEqual({ ...clean, sets: [[]] });
  });

  test('may follow another one, with other delimiters', () => {
    const second = interchange(1, '8').replaceAll('~', '!').replaceAll('*', '|');
    const read = readInterchanges(interchange(1) + second);
    expect(read.interchanges.map(({ header, findings }) => [header.control, findings])).toEqual([
      ['000000007', []],
      ['000000008', []],
    ]);
  });

  test('may begin with a byte order mark and hold any letters of UTF-8', () => {
    const text = `\uFEFF${interchange(1).replace('Alice Smith', 'Zoë Šmíd 漢字')}`;
    const { interchanges } = readInterchanges(text);
    expect(interchanges[0]?.groups[0]?.sets[0]?.segments[2]).toEqual(['N1', 'ST', 'Zoë Šmíd 漢字']);
  });

  test('is the same in whatever pieces it comes', () => {
    const input = bytes(interchange(4).replace('Alice Smith', 'Zoë 漢字'));
    const whole = readInPieces(input, [input.length]).map(({ segments, findings }) => ({ segments, findings }));
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sizes, (pieces) => {
        const read = readInPieces(input, pieces).map(({ segments, findings }) => ({ segments, findings }));
        expect(read).toEqual(whole);
      }),
    );
  });

  test('without end is told set by set', async () => {
    let sets = 0;
    async function* endless() {
      const text = interchange(500);
      for (let place = 0; place < text.length; place += 1_000) yield bytes(text.slice(place, place + 1_000));
    }
    await readStream(endless(), { set: () => (sets += 1) });
    expect(sets).toBe(500);
  });
});

describe('one bad set', () => {
  const five = interchange(5);
  test.each([
    ['a wrong count', five.replace('SE*7*0003', 'SE*8*0003'), 'wrong-count'],
    ['no count', five.replace('SE*7*0003', 'SE**0003'), 'wrong-count'],
    ['another control number at its end', five.replace('SE*7*0003', 'SE*7*0009'), 'control-number-mismatch'],
    ['no trailer', five.replace('SE*7*0003~\n', ''), 'missing-trailer'],
    ['no control number', five.replaceAll('*0003~', '~'), 'control-number-missing'],
    ['a control number used before', five.replaceAll('0003~', '0002~'), 'control-number-repeated'],
    ['no identifier', five.replace('ST*940*0003', 'ST**0003'), 'set-identifier-missing'],
    ['a segment without name', five.replace('W05*N*100003', '*N*100003'), 'bad-segment'],
    ['a segment with a strange name', five.replace('W05*N*100003', 'w05x*N*100003'), 'bad-segment'],
    ['a control character', five.replace('PO-100003', 'PO-\u0007'), 'control-character'],
    ['a line break within a segment', five.replace('PO-100003', 'PO\n100003'), 'control-character'],
    ['too many elements', five.replace('PO-100003', '*'.repeat(300)), 'too-many-elements'],
  ])('with %s is refused alone', (_, text, code) => {
    const { sets, ...rest } = findingsIn(text);
    expect(rest).toEqual(clean);
    expect(sets[2]).toContain(code);
    expect([sets[0], sets[1], sets[3], sets[4]]).toEqual([[], [], [], []]);
  });

  test('with bytes that are not UTF-8 is refused alone', () => {
    const input = bytes(five);
    input[five.indexOf('PO-100003')] = 0xff;
    expect(findingsIn(input)).toEqual({ ...clean, sets: [[], [], ['bad-encoding'], [], []] });
  });

  test('that is too long is refused alone and not kept', () => {
    const long = five.replace('W05*N*100003', `${'NTE*WHI*more~\n'.repeat(200)}W05*N*100003`);
    const sets: TransactionSet[] = [];
    const reader = createReader({ set: (set) => sets.push(set) }, { limits: { segments: 50 } });
    reader.write(bytes(long));
    reader.end();
    expect(sets.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      [],
      [],
      ['too-many-segments'],
      [],
      [],
    ]);
    expect(sets[2]?.bytes).toHaveLength(0);
  });
});

describe('the envelope', () => {
  const two = interchange(2);
  test.each([
    ['GE count', two.replace('GE*2*', 'GE*3*'), { group: ['wrong-count'] }],
    ['GE number', two.replace('GE*2*7', 'GE*2*8'), { group: ['control-number-mismatch'] }],
    ['no GE', two.replace('GE*2*7~\n', ''), { group: ['missing-trailer'] }],
    [
      'no GS06',
      two.replace('*101530*7*X', '*101530**X').replace('GE*2*7', 'GE*2*'),
      { group: ['control-number-missing'] },
    ],
    ['IEA count', two.replace('IEA*1*', 'IEA*2*'), { interchange: ['wrong-count'] }],
    ['IEA number', two.replace('IEA*1*000000007', 'IEA*1*000000008'), { interchange: ['control-number-mismatch'] }],
    ['no IEA', two.replace(/IEA.*\n/, ''), { interchange: ['missing-trailer'], whole: false }],
    [
      'no GS',
      two
        .replace(/GS\*.*\n/, '')
        .replace(/GE\*.*\n/, '')
        .replace('IEA*1', 'IEA*0'),
      { interchange: Array(14).fill('stray-segment'), sets: [] },
    ],
    ['a stray segment', two.replace('GE*2', 'REF*X~\nGE*2'), { group: ['stray-segment'] }],
    ['text behind', `${two}nonsense`, { stray: ['unterminated-segment'], whole: false }],
    ['a segment behind', `${two}REF*1~`, { stray: ['stray-segment'], whole: false }],
  ])('%s', (_, text, expected) => {
    expect(findingsIn(text)).toEqual({ ...clean, sets: [[], []], ...expected });
  });

  test('a TA1 is passed over', () => {
    const text = interchange(1).replace('GS*', 'TA1*000000001*260301*1000*A*000~\nGS*');
    expect(findingsIn(text)).toEqual({ ...clean, sets: [[]] });
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \n\n'],
    ['text', 'hello world'],
    ['the beginning of an ISA', interchange(1).slice(0, 50)],
    ['an ISA without separators', `ISA${'A'.repeat(200)}`],
    ['delimiters that are letters', interchange(1).replaceAll('~', 'A')],
    ['two equal delimiters', interchange(1).replaceAll('>', '*')],
    ['a segment that never ends', `${interchange(1).slice(0, 200)}${'x'.repeat(100_000)}`],
  ])('%s is not whole', (_, text) => {
    expect(findingsIn(text).whole).toBe(false);
    expect(findingsIn(text, true).sets.flat(2)).toBeDefined();
  });
});

describe('whatever it is given', () => {
  const soup = fc.array(
    fc.oneof(
      fc.constantFrom(
        'ISA',
        'GS*',
        'ST*940*0001',
        'SE*3*0001',
        'GE*1*1',
        'IEA*1*1',
        '~',
        '*',
        '\n',
        '\0',
        '>',
        interchange(1),
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    ),
    { maxLength: 40 },
  );

  test('it ends, throws nothing, and keeps its lists short', () => {
    fc.assert(
      fc.property(soup, fc.boolean(), (parts, tolerant) => {
        const text = parts.join('');
        const read = readInterchanges(text, { tolerant });
        expect(read.findings.length).toBeLessThanOrEqual(100);
        for (const { groups, findings } of read.interchanges) {
          expect(findings.length).toBeLessThanOrEqual(100);
          for (const { sets } of groups) for (const set of sets) expect(Array.isArray(set.segments)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a spoilt byte never makes it accept what it would have refused whole', () => {
    const input = bytes(interchange(3));
    const places = fc.tuple(fc.integer({ min: 0, max: input.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(places, fc.boolean(), ([place, byte], tolerant) => {
        const spoilt = Buffer.from(input);
        spoilt[place] = byte;
        const { interchanges } = readInterchanges(spoilt, { tolerant });
        const good = interchanges.flatMap(({ groups }) =>
          groups.flatMap(({ sets }) => sets.filter(({ findings }) => findings.length === 0)),
        );
        expect(good.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 500 },
    );
  });

  test('megabytes without a terminator, byte by byte, are soon given up', () => {
    const reader = createReader({ set: () => undefined });
    const started = performance.now();
    reader.write(bytes(interchange(1).slice(0, 120)));
    const piece = Buffer.alloc(64, 'x');
    for (let turn = 0; turn < 20_000; turn += 1) reader.write(piece);
    reader.end();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
