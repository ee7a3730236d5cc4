import { describe, expect, test } from 'vitest';
import { checkSet, defineSetRules, readInterchanges } from './index.ts';
import { interchange } from './testing.ts';

const rules = defineSetRules('940', ['W05', 'W76'], {
  W05: ['M ID 1/1', 'M AN 1/6', 'O AN 4/22', 'O DT 8/8', 'O TM 4/8'],
  W01: ['M R 1/5', 'M ID 2/2'],
  LX: ['M N0 1/6'],
});
const check = (spoil: (text: string) => string, given = rules) => {
  const [set] = readInterchanges(spoil(interchange(1))).interchanges[0]?.groups[0]?.sets ?? [];
  if (set === undefined) throw new Error('no set');
  return checkSet(set, given).map(({ message: _, ...finding }) => finding);
};
const w05 = (elements: string) => check((text) => text.replace('W05*N*100001*PO-100001', `W05${elements}`));

describe('rules of a set', () => {
  test('find nothing in a good one', () => {
    expect(check((text) => text)).toEqual([]);
    expect(w05('*N*100001*PO-1*20240229*235959')).toEqual([]);
    expect(w05('*N*Zoë*漢字漢字')).toEqual([]);
  });

  test.each([
    ['*N', 'element-missing', 2, ''],
    ['**100001', 'element-missing', 1, ''],
    ['', 'element-missing', 1, ''],
    ['*NN*100001', 'element-too-long', 1, 'NN'],
    ['*N*1000017', 'element-too-long', 2, '1000017'],
    ['*N*1*PO', 'element-too-short', 3, 'PO'],
    ['*N*1*漢字', 'element-too-short', 3, '漢字'],
    ['*N*1**20240230', 'element-bad-date', 4, '20240230'],
    ['*N*1**2024O101', 'element-bad-date', 4, '2024O101'],
    ['*N*1**20230229', 'element-bad-date', 4, '20230229'],
    ['*N*1***2460', 'element-bad-time', 5, '2460'],
  ])('W05%s: %s', (elements, code, element, value) => {
    expect(w05(elements)).toContainEqual({ code, segment: 'W05', position: 2, element, value });
  });

  test.each([['6.5'], ['.5'], ['-12'], ['123.45'], ['5.']])('%s is a decimal', (quantity) => {
    expect(check((text) => text.replace('W01*6', `W01*${quantity}`))).toEqual([]);
  });
  test.each([['1,5'], ['1.2.3'], ['-'], ['.'], ['1e3'], ['+1']])('%s is none', (quantity) => {
    expect(check((text) => text.replace('W01*6', `W01*${quantity}`))).toMatchObject([
      { code: 'element-bad-character', segment: 'W01' },
    ]);
  });
  test('a whole number has no point', () => {
    expect(check((text) => text.replace('LX*1', 'LX*1.0'))).toMatchObject([
      { segment: 'LX', position: 4, value: '1.0' },
    ]);
  });

  test('say which segment is missing, and that a set is another one', () => {
    expect(check((text) => text.replace('W76*6~\n', ''))).toMatchObject([
      { code: 'segment-missing', segment: 'W76', position: 6 },
    ]);
    expect(check((text) => text, defineSetRules('945', [], {}))).toMatchObject([{ code: 'set-not-supported' }]);
  });

  test('are refused when they are not written as X12 writes them', () => {
    expect(() => defineSetRules('940', [], { W05: ['AN 1/22'] })).toThrow(/write it as "M AN 1\/22"/);
  });
});
