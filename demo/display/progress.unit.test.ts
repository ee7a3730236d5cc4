import { describe, expect, test } from 'vitest';
import type { Observed } from '../drive/observed.ts';
import { createProgress } from './progress.ts';
import { amountText, durationText, table } from './table.ts';

const observed = (id: string, some: Partial<Observed> = {}): Observed => ({
  id,
  channel: 'api',
  findings: [],
  quarantined: false,
  statesSeen: [],
  holdsSeen: [],
  deeds: [],
  wholeMs: 1,
  orderNumber: `9${id}`,
  state: 'completed',
  ...some,
});

function given(isTTY: boolean, columns?: number) {
  let at = 0;
  const written: string[] = [];
  const progress = createProgress(
    { isTTY, write: (text) => written.push(text), ...(columns === undefined ? {} : { columns }) },
    () => at,
  );
  return {
    progress,
    written,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

describe('progress', () => {
  test('on a terminal is drawn over itself', () => {
    const { progress, written, pass } = given(true);
    progress.begin(2);
    pass(500);
    progress.told(observed('1', { incident: 'price-moved', holdsSeen: ['price'] }));
    expect(written[1]?.startsWith('\u001b[3A\r\u001b[J')).toBe(true);
    expect(written[1]).toContain('1 of 2 orders');
    expect(written[1]).toContain('order 91 by API: completed, was held for price — price moved');
  });

  test.each([24, 40, 60, 80, 200])('on a terminal of %i columns no line wraps, and the figures stay', (columns) => {
    const { progress, written, pass } = given(true, columns);
    progress.say('a word before the day that is longer than any narrow terminal has columns, and by far');
    progress.begin(60);
    pass(500);
    progress.told(observed('1', { incident: 'price-moved', holdsSeen: ['price'] }));
    const lines = written.flatMap((text) => text.replace('\u001b[3A\r\u001b[J', '').split('\n'));
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines.some((line) => /[█░]{4} {2}1 of 60/.test(line))).toBe(true);
    expect(lines.some((line) => line.endsWith('a second'))).toBe(columns >= 60);
  });

  test.each([true, false])('an address is said whole, on a terminal: %s', (isTTY) => {
    const { progress, written } = given(isTTY, 40);
    const address = `http://127.0.0.1:8080/sign-in/link#${'x'.repeat(55)}`;
    progress.sayWhole(`Susan, supervisor   ${address}`);
    expect(written.join('')).toBe(`  Susan, supervisor   ${address}\n`);
  });

  test('elsewhere is a line every two seconds, and one at the end', () => {
    const { progress, written, pass } = given(false);
    progress.begin(3);
    for (const id of ['1', '2', '3']) {
      pass(1_500);
      progress.told(observed(id));
    }
    progress.end();
    expect(written).toEqual([
      '  0 of 3 orders, 0 ms\n',
      '  2 of 3 orders, 3.0 s: 2 completed\n',
      '  3 of 3 orders, 4.5 s: 3 completed\n',
    ]);
  });
});

test('numbers stand right, under a rule', () => {
  expect(
    table(
      [{ head: 'what' }, { head: 'n', right: true }],
      [
        ['a', '1'],
        ['bcdef', '22'],
      ],
    ),
  ).toEqual(['  what    n', '  ─────────', '  a       1', '  bcdef  22']);
});

test('amounts and durations read as people write them', () => {
  expect([amountText('1234567.80'), amountText('12.50')]).toEqual(['1,234,567.80', '12.50']);
  expect([durationText(12.4), durationText(61_234)]).toEqual(['12 ms', '61.2 s']);
});
