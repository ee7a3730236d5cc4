import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { openLedger, readLedger } from './ledger.ts';

const freshFile = () => join(mkdtempSync(join(tmpdir(), 'ledger-')), 'crm.jsonl');
const clock = fixedClock('2026-03-01T09:30:00.000Z');

describe('a ledger', () => {
  test('holds every entry in order once its append has resolved', async () => {
    const file = freshFile();
    const ledger = openLedger(file, 'crm', clock);
    await ledger.append({ kind: 'first', id: 1 });
    expect(readLedger(file)).toEqual([{ at: '2026-03-01T09:30:00.000Z', system: 'crm', kind: 'first', id: 1 }]);
    await Promise.all(Array.from({ length: 200 }, (_, id) => ledger.append({ kind: 'more', id })));
    expect(readLedger(file).map((entry) => entry.id)).toEqual([1, ...Array.from({ length: 200 }, (_, id) => id)]);
    await ledger.close();
  });

  test('goes on where it was, without a line that a crash cut off', async () => {
    const file = freshFile();
    const first = openLedger(file, 'crm', clock);
    await first.append({ kind: 'whole' });
    await first.close();
    appendFileSync(file, '{"at":"2026');
    expect(readLedger(file)).toHaveLength(1);
    const second = openLedger(file, 'crm', clock);
    await second.append({ kind: 'after the crash' });
    await second.close();
    expect(readLedger(file).map(({ kind }) => kind)).toEqual(['whole', 'after the crash']);
  });

  test('that was never written is empty', () => {
    expect(readLedger('/nowhere/ledger.jsonl')).toEqual([]);
  });

  test('that cannot be written says so to whoever appends', async () => {
    const ledger = openLedger('/dev/full', 'crm', clock);
    await expect(ledger.append({ kind: 'lost' })).rejects.toThrow(/ENOSPC/);
  });
});
