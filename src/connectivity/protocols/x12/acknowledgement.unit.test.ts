import { describe, expect, test } from 'vitest';
import {
  acknowledgement,
  checkSet,
  defineSetRules,
  readAcknowledgement,
  readInterchanges,
  writeInterchange,
} from './index.ts';
import { at, interchange, sides } from './testing.ts';

const rules = defineSetRules('940', ['W05'], { W05: ['M ID 1/1', 'M AN 1/6'] });

function answerTo(text: string) {
  const group = readInterchanges(text).interchanges[0]?.groups[0];
  if (group === undefined) throw new Error('no group');
  return acknowledgement(group, (set) => checkSet(set, rules));
}
function readBack(body: ReturnType<typeof answerTo>) {
  const group = { functionalIdentifier: 'FA', sender: 'THEIRS', receiver: 'OURS', control: '9', version: '004010' };
  const text = writeInterchange({
    ...{ ...sides, control: '9', usage: 'P', at },
    groups: [{ ...group, sets: [{ identifier: '997', control: '0001', body }] }],
  });
  const [set] = readInterchanges(text).interchanges[0]?.groups[0]?.sets ?? [];
  if (set === undefined) throw new Error('no set');
  return readAcknowledgement(set);
}

describe('an acknowledgement', () => {
  test('accepts what is good', () => {
    const body = answerTo(interchange(2));
    expect(body).toEqual([
      ['AK1', 'OW', '7'],
      ['AK2', '940', '0001'],
      ['AK5', 'A'],
      ['AK2', '940', '0002'],
      ['AK5', 'A'],
      ['AK9', 'A', '2', '2', '2'],
    ]);
    expect(readBack(body)).toMatchObject({
      ok: true,
      value: { groupControl: '7', accepted: true, reasons: [], sets: [{ accepted: true }, { accepted: true }] },
    });
  });

  test('refuses one set and says why, without what would cut it', () => {
    const spoilt = interchange(3).replace('N*100002', 'N*1>000002').replace('SE*7*0002', 'SE*6*0002');
    const body = answerTo(spoilt);
    expect(body.slice(3, -3)).toEqual([
      ['AK2', '940', '0002'],
      ['AK3', 'W05', '2', '', '8'],
      ['AK4', '2', '', '5', '1 000002'],
      ['AK5', 'R', '4', '5'],
    ]);
    expect(body.at(-1)).toEqual(['AK9', 'P', '3', '3', '2']);
    expect(readBack(body)).toMatchObject({
      ok: true,
      value: { accepted: false, sets: [{ accepted: true }, { accepted: false, control: '0002' }, { accepted: true }] },
    });
  });

  test('refuses a group whole', () => {
    const body = answerTo(interchange(2).replace('GE*2*7', 'GE*5*8'));
    expect(body.at(-1)).toEqual(['AK9', 'R', '2', '2', '0', '5', '4']);
    expect(readBack(body)).toMatchObject({
      value: {
        accepted: false,
        reasons: ['the count of sets is wrong', 'group control numbers of header and trailer differ'],
      },
    });
  });

  test('that is itself broken fails with everything', () => {
    const read = readBack([
      ['AK1', 'OW', 'seven'],
      ['AK2', '940', '1'],
    ]);
    expect(read).toMatchObject({
      ok: false,
      failures: [
        { code: 'element-bad-character' },
        { code: 'element-too-short' },
        { code: 'segment-missing', segment: 'AK9' },
      ],
    });
  });
});
