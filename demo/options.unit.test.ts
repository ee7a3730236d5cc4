import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('without options the carried day runs and the platform stays up', () => {
  expect(readOptions([])).toMatchObject({ ok: true, value: { seed: 1, once: false, port: 8080, nodes: 1 } });
});

test('every option is read', () => {
  expect(
    readOptions(
      '--seed 7 --orders 200 --once --report r.json --input d.csv --port 0 --nodes 2 --kill-node-after 9'.split(' '),
    ),
  ).toEqual({
    ok: true,
    value: {
      seed: 7,
      orders: 200,
      once: true,
      report: 'r.json',
      input: 'd.csv',
      port: 0,
      nodes: 2,
      killNodeAfter: 9,
    },
  });
});

test('everything that is wrong is said at once', () => {
  expect(readOptions(['--orders', '0', '--seed', '-1x', '--port', '70000'])).toMatchObject({ ok: false });
  const read = readOptions(['--orders', '0', '--seed', 'x', '--port', '70000']);
  expect(read.ok ? [] : read.failures).toEqual([
    '--seed x: give a whole number from 0 to 2147483647',
    '--orders 0: give a whole number from 1 to 1000000',
    '--port 70000: give a whole number from 0 to 65535',
  ]);
  expect(readOptions(['--speed', '1']).ok).toBe(false);
});

test('a node can only be killed when there is another', () => {
  const read = readOptions(['--kill-node-after', '5']);
  expect(read.ok ? [] : read.failures).toEqual(['--kill-node-after: needs another node; give --nodes 2']);
});

test('help is asked for', () => {
  expect(readOptions(['--help'])).toEqual({ ok: true, value: 'help' });
});
