import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { followLedger } from './ledger-tail.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function given() {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-tail-'));
  folders.push(folder);
  const file = join(folder, 'crm.jsonl');
  return { file, tail: followLedger(file, 5) };
}

const entry = (id: string): string => JSON.stringify({ at: '', system: 'crm', kind: 'opportunity-updated', id });

test('an entry is found when it is written, whole, even in two pieces, and found again later', async () => {
  const { file, tail } = await given();
  const found = tail.waitFor(({ id }) => id === '2', 5_000);
  await appendFile(file, `${entry('1')}\n${entry('2').slice(0, 10)}`);
  expect(await tail.waitFor(({ id }) => id === '1', 5_000)).toMatchObject({ id: '1' });
  await appendFile(file, `${entry('2').slice(10)}\n`);
  expect(await found).toMatchObject({ id: '2' });
  expect(await tail.waitFor(({ id }) => id === '1', 0)).toMatchObject({ id: '1' });
  await tail.stop();
});

test('what does not come in time is undefined, and so is what is awaited when it stops', async () => {
  const { tail } = await given();
  expect(await tail.waitFor(() => true, 20)).toBeUndefined();
  const waiting = tail.waitFor(() => true, 60_000);
  await tail.stop();
  expect(await waiting).toBeUndefined();
});
