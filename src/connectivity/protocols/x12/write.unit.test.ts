import { describe, expect, test } from 'vitest';
import { readInterchanges, setText, writeInterchange } from './index.ts';
import { at, body940, interchange, set940, sides } from './testing.ts';

const group = { functionalIdentifier: 'OW', sender: 'OURS', receiver: 'THEIRS', control: '7', version: '004010' };
const write = (changes: object = {}, groupChanges: object = {}) =>
  writeInterchange({
    ...{ ...sides, control: '7', usage: 'P', at },
    groups: [{ ...group, sets: [set940(1)], ...groupChanges }],
    ...changes,
  });

describe('a written interchange', () => {
  test('looks so', () => {
    expect(write()).toBe(
      [
        'ISA*00*          *00*          *ZZ*OURS           *ZZ*THEIRS         *260301*1015*U*00401*000000007*0*P*>~',
        'GS*OW*OURS*THEIRS*20260301*101530*7*X*004010~',
        'ST*940*0001~',
        'W05*N*100001*PO-100001~',
        'N1*ST*Alice Smith~',
        'LX*1~',
        'W01*6*EA**VN*85123A~',
        'W76*6~',
        'SE*7*0001~',
        'GE*1*7~',
        'IEA*1*000000007~',
        '',
      ].join('\n'),
    );
  });

  test('is read again as it was written, under any delimiters', () => {
    const delimiters = { element: '|', component: ':', segment: '!' };
    const [set] = readInterchanges(write({ delimiters })).interchanges[0]?.groups[0]?.sets ?? [];
    expect(set?.segments.slice(1, -1)).toEqual(body940('100001'));
    expect(set?.findings).toEqual([]);
  });

  test('leaves out empty elements at the end', () => {
    const sets = [{ identifier: '940', control: '0001', body: [['N4', 'Leeds', '', '', '']] }];
    expect(write({}, { sets })).toContain('\nN4*Leeds~\n');
  });
});

describe('what would break the wire is refused by name', () => {
  const withElement = (text: string) =>
    write({}, { sets: [{ identifier: '940', control: '0001', body: [['N1', 'ST', text]] }] });
  test.each([
    ['an element separator', () => withElement('a*b'), /N102 cannot hold "\*"/],
    ['a component separator', () => withElement('a>b'), /N102 cannot hold ">"/],
    ['a terminator', () => withElement('a~b'), /N102 cannot hold "~"/],
    ['a line break', () => withElement('a\nb'), /N102 cannot hold "\\n"/],
    ['a long sender', () => write({ sender: 'x'.repeat(16) }), /ISA06 must have 1 to 15/],
    ['no receiver', () => write({ receiver: '' }), /ISA08 must have 1 to 15/],
    ['a separator in the ISA', () => write({ sender: 'A*B' }), /the ISA cannot hold "\*"/],
    ['a control number that is none', () => write({ control: 'x1' }), /ISA13 must be a number/],
    ['a long control number', () => write({}, { control: '1234567890' }), /GS06 must be a number/],
    ['a short set number', () => write({}, { sets: [{ ...set940(1), control: '1' }] }), /ST02 must have 4 to 9/],
    [
      'a letter as delimiter',
      () => write({ delimiters: { element: 'A', component: '>', segment: '~' } }),
      /"A" cannot be a delimiter/,
    ],
    ['equal delimiters', () => write({ delimiters: { element: '*', component: '*', segment: '~' } }), /must differ/],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

test('a set as text has a line for each segment', () => {
  const [set] = readInterchanges(interchange(1)).interchanges[0]?.groups[0]?.sets ?? [];
  expect(
    setText(set?.segments ?? [])
      .split('\n')
      .slice(0, 2),
  ).toEqual(['ST*940*0001~', 'W05*N*100001*PO-100001~']);
});
