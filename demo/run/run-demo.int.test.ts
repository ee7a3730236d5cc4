import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { carriedDay } from '../options.ts';
import { runDemo } from './run-demo.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function given(input: string, report?: string) {
  const written: string[] = [];
  const startPlatform = () => Promise.reject(new Error('it must not come so far'));
  const code = await runDemo(
    { seed: 1, once: true, port: 0, nodes: 1, input, ...(report === undefined ? {} : { report }) },
    { startPlatform, screen: { isTTY: false, write: (text) => written.push(text) }, stopped: new Promise(() => {}) },
  );
  return { code, text: written.join('') };
}

test('a day that cannot be read starts nothing, and says what is wrong with every line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'run-demo-'));
  folders.push(folder);
  const file = join(folder, 'day.csv');
  await writeFile(
    file,
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,A,,x,y,z,1,UK\n',
  );
  const { code, text } = await given(file);
  expect(code).toBe(2);
  expect(text.match(/day\.csv:2 (Quantity|InvoiceDate|UnitPrice): /g)).toHaveLength(3);
});

test('a report that cannot be written is said before the day', async () => {
  const { code, text } = await given(carriedDay, '/nowhere/at/all/report.json');
  expect(code).toBe(2);
  expect(text).toContain('--report /nowhere/at/all/report.json cannot be written (ENOENT)');
});
