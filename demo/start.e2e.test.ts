import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from './report/report.ts';

const start = fileURLToPath(new URL('start.ts', import.meta.url));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossdock-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly complaints: string;
}

/** Runs the demo as `npm start` does, to its end. */
async function demo(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [start, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, complaints };
}

describe('a short day', () => {
  const orders = 24;
  let ended: Ended;
  let report: Report;
  beforeAll(async () => {
    const file = join(folder, 'report.json');
    ended = await demo(
      ['--orders', String(orders), '--seed', '3', '--once', '--port', '0', '--report', file],
      // Nobody is there: a demo that took this database would not come up.
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    );
    report = JSON.parse(await readFile(file, 'utf8')) as Report;
  }, 300_000);

  test('ends 0, as foreseen, with nothing lost and nothing doubled', () => {
    expect({ code: ended.code, complaints: ended.complaints, differences: report.differences }).toEqual({
      code: 0,
      complaints: '',
      differences: [],
    });
    expect(report).toMatchObject({ seed: 3, passed: true, orders, asScripted: orders, lost: 0, doubled: 0 });
    expect(Object.values(report.byOutcome).reduce((sum, count) => sum + count, 0)).toBe(orders);
    expect(Object.values(report.incidents).filter(({ fired }) => fired > 0).length).toBeGreaterThan(3);
    expect(report.durationSeconds).toBeGreaterThan(0);
  });

  test('shows how the orders ended, how long each stage took, and one order’s story', () => {
    expect(ended.out).toMatch(new RegExp(`${orders} of ${orders} orders`));
    expect(ended.out).toMatch(/How they ended\s+orders\s+ordered GBP\s+invoiced GBP/);
    expect(ended.out).toMatch(/ completed\s+\d+\s+[\d,.]+\s+[\d,.]+\s+shipped and invoiced in full/);
    expect(ended.out).toMatch(/How long each stage took\s+orders\s+half within/);
    for (const stage of ['checking', 'booking', 'fulfilling'])
      expect(ended.out).toMatch(new RegExp(`\\n {2}${stage} `));
    expect(ended.out).toMatch(/The story of order 1\d{5}/);
    expect(ended.out).toMatch(/Done by erp-main: book in ERP/);
    expect(ended.out).toContain(`✓ ${orders} of ${orders} orders ended as foreseen`);
  });
});

test('a day over two processes of the platform, one of which is killed, ends as foreseen too', async () => {
  const file = join(folder, 'two-nodes.json');
  const { code, out, complaints } = await demo(
    `--orders 20 --seed 5 --once --port 0 --nodes 2 --kill-node-after 4 --report ${file}`.split(' '),
  );
  const report = JSON.parse(await readFile(file, 'utf8')) as Report;
  expect({ code, complaints, differences: report.differences }).toEqual({ code: 0, complaints: '', differences: [] });
  expect(out).toContain('kill -9 of node 2 after 4 orders');
  expect(report).toMatchObject({ passed: true, orders: 20, asScripted: 20, lost: 0, doubled: 0 });
}, 300_000);

describe('what cannot be used ends 2 and starts nothing', { timeout: 60_000 }, () => {
  test('options that are wrong are named, all of them, with the usage', async () => {
    const { code, out, complaints } = await demo(['--orders', '0', '--seed', 'x']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(complaints).toContain('--seed x: give a whole number from 0 to 2147483647');
    expect(complaints).toContain('--orders 0: give a whole number from 1 to 1000000');
    expect(complaints).toContain('npm start -- [options]');
  });

  test('an option that there is not is named', async () => {
    const { code, complaints } = await demo(['--sped', '1']);
    expect(code).toBe(2);
    expect(complaints).toContain("'--sped'");
  });

  test('a day that cannot be read is told by file, line and column', async () => {
    const file = join(folder, 'day.csv');
    const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
    await writeFile(file, `${header}\n1,85123A,HEART,six,12/1/10 8:26,2.55,17850,United Kingdom\n`);
    const { code, out } = await demo(['--input', file, '--once', '--port', '0']);
    expect(code).toBe(2);
    expect(out).toContain('The day cannot be used:');
    expect(out).toContain(`day.csv:2 Quantity: `);
  });

  test('a day that is not there is told', async () => {
    const { code, out, complaints } = await demo(['--input', join(folder, 'no-such.csv'), '--once']);
    expect(code).toBe(2);
    expect(out + complaints).toContain('no-such.csv');
  });
});
