import { describe, expect, test } from 'vitest';
import { readInterchanges, type TransactionSet } from '#connectivity/protocols/x12';
import { adviceMessage } from './advice-messages.ts';
import { quantityOf } from './quantity.ts';
import { readShippingAdvice } from './shipping-advice.ts';

const header = 'W06*F*100001-NORTH-1*20260301*NORTH-7**PO-7~';
const loop = (w12: string, line = '1') => `LX*1~W12*${w12}~N9*LI*${line}~`;

function setOf(body: string): TransactionSet {
  const text = `ST*945*0001~${body}SE*${body.split('~').length + 1}*0001~`;
  const [set] = readInterchanges(text, { tolerant: true }).interchanges.flatMap(({ groups }) =>
    groups.flatMap(({ sets }) => sets),
  );
  if (set === undefined) throw new Error('no set');
  return set;
}
const read = (body: string) => readShippingAdvice(setOf(body));
const failures = (body: string) => {
  const result = read(body);
  return result.ok ? [] : result.failures.map(({ code, path }) => `${code} ${path}`);
};
const lines = (body: string) => {
  const result = read(header + body);
  if (!result.ok) throw new Error(JSON.stringify(result.failures));
  return result.value.lines.map(({ lineNumber, shipped, short, more }) => [lineNumber, shipped, short, more]);
};

describe('quantities as X12 writes them', () => {
  test.each([
    ['6', '6'],
    ['006', '6'],
    ['6.', '6'],
    ['.5', '0.5'],
    ['0', '0'],
    ['000.250', '0.25'],
    ['12.500000', '12.5'],
  ])('%s is %s', (text, quantity) => expect(quantityOf(text)).toBe(quantity));
  test.each(['', '.', '-1', '1,5', 'x', '1e3', '0.0000001'])('%j is none', (text) =>
    expect(quantityOf(text)).toBeUndefined(),
  );
});

describe('a 945', () => {
  test('says what left, by our line numbers', () => {
    expect(read(`${header}W27*M*XPSL~${loop('CC*6*6**EA**VN*85123A')}MAN*CP*TRK1~W03*6~`)).toEqual({
      ok: true,
      value: {
        fulfilmentNumber: '100001-NORTH-1',
        shipmentNumber: 'NORTH-7',
        shippedOn: '20260301',
        carrier: 'XPSL',
        trackingNumber: 'TRK1',
        lines: [{ lineNumber: 1, item: '85123A', shipped: '6', short: '0', unit: 'EA', more: false }],
      },
    });
  });

  test.each([
    ['complete', 'CC*6*6**EA**VN*A', [1, '6', '0', false]],
    ['part, and no more, as the difference', 'CP*6*4**EA**VN*A', [1, '4', '2', false]],
    ['part, and no more, as they say', 'CP*6*2*1*EA**VN*A', [1, '2', '1', false]],
    ['part, and no more, said with a sign', 'CP*6*4*-2*EA**VN*A', [1, '4', '2', false]],
    ['part, and the rest follows', 'BP*6*4*2*EA**VN*A', [1, '4', '0', true]],
  ])('%s', (_, w12, line) => expect(lines(loop(w12))).toEqual([line]));

  test('gathers lots of one line', () => {
    const lots = loop('CC*4*4**EA**VN*A', '2') + loop('BP*4*1**EA**VN*A', '2') + loop('CP*3*1**EA**VN*A', '2');
    expect(lines(lots)).toEqual([[2, '6', '2', true]]);
  });

  test.each([
    ['an unknown status', loop('XX*6*6**EA**VN*A'), ['unknown-status W12/4/1']],
    ['a quantity that is none', loop('CC*6*-6**EA**VN*A'), ['bad-quantity W12/4/3']],
    ['no item of ours', loop('CC*6*6**EA*123456789012'), ['no-item W12/4/7']],
    ['a line number that is none', loop('CC*6*6**EA**VN*A', 'one'), ['no-line-number W12/4/1']],
    ['more left than was asked, and short', loop('CP*4*6**EA**VN*A'), ['bad-quantity W12/4/4']],
    ['two items under one line', loop('CC*6*6**EA**VN*A') + loop('CC*6*6**EA**VN*B'), ['contradicting-lines W12']],
    ['another total', `${loop('CC*6*6**EA**VN*A')}W03*7~`, ['wrong-total W03']],
    ['no lines', '', ['segment-missing LX/3', 'segment-missing W12/3']],
    ['everything at once', loop('XX*6*x**EA'), ['element-bad-character W12/4/3']],
    [
      'all of its sense at once',
      loop('XX*6*-6**EA', 'no'),
      ['unknown-status W12/4/1', 'bad-quantity W12/4/3', 'no-item W12/4/7', 'no-line-number W12/4/1'],
    ],
  ])('with %s fails with everything that is wrong', (_, body, wrong) => {
    expect(failures(header + body)).toEqual(wrong);
  });
});

describe('its message', () => {
  const message = (body: string, reportedAt = '2026-03-01T15:00:00.000Z') => {
    const result = adviceMessage(setOf(body), { site: 'NORTH', reportedAt });
    if (!result.ok) throw new Error(JSON.stringify(result.failures));
    return result.value;
  };
  const whole = header + loop('CC*6*6**EA**VN*A');

  test('is told by its business alone', () => {
    const first = message(whole);
    expect(first.id).toMatch(/^945:100001-NORTH-1:NORTH-7:[0-9a-f]{24}$/);
    expect(message(whole, '2026-03-04T00:00:00.000Z').id).toBe(first.id);
    expect(message(whole.replace('CC*6*6*', 'CC*6*6*0')).id).toBe(first.id);
    expect(message(whole.replace('*6*6*', '*5*5*')).id).not.toBe(first.id);
  });

  test('takes the report for the time on its day, and the day alone on another', () => {
    const shippedAt = (reportedAt: string) =>
      (message(whole, reportedAt).data as { shipment: { shippedAt: string } }).shipment.shippedAt;
    expect(shippedAt('2026-03-01T15:00:00.000Z')).toBe('2026-03-01T15:00:00.000Z');
    expect(shippedAt('2026-03-02T08:00:00.000Z')).toBe('2026-03-01T00:00:00.000Z');
  });

  test('with nothing shipped is the cancellation', () => {
    const nothing = message(`${header}NTE*WHI*customer refused~${loop('CP*6*0*6*EA**VN*A')}`);
    expect(nothing).toMatchObject({
      type: 'fulfilment.cancelled',
      key: '100001-NORTH-1',
      data: { fulfilmentNumber: '100001-NORTH-1', reason: 'customer refused' },
    });
  });

  test('with nothing shipped and more to follow is not understood', () => {
    const result = adviceMessage(setOf(header + loop('BP*6*0**EA**VN*A')), {
      site: 'NORTH',
      reportedAt: '2026-03-01T15:00:00.000Z',
    });
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'nothing-shipped' }] });
  });

  test('fits its schema or is refused', () => {
    const result = adviceMessage(setOf(`${header}${loop('CC*6*6**e!**VN*A')}`), {
      site: 'NORTH',
      reportedAt: '2026-03-01T15:00:00.000Z',
    });
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'does-not-fit', path: '/shipment/lines/0/unit' }] });
  });
});
