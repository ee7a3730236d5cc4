import { describe, expect, test } from 'vitest';
import { type ChainedRow, chainStart, nextLink, verifyChain } from './audit-chain.ts';

const run = 'a-run';

function written(count: number): ChainedRow[] {
  let hash = chainStart(run);
  return Array.from({ length: count }, (_, index) => {
    const entries = `{"entry":${index}}`;
    const advanceId = `00000000-0000-7000-8000-00000000000${index}`;
    hash = nextLink(hash, advanceId, Buffer.from(entries));
    return { version: index + 1, advanceId, entries, hash };
  });
}
const end = (rows: readonly ChainedRow[]): Buffer => rows.at(-1)?.hash ?? chainStart(run);

describe('a run’s audit chain', () => {
  const rows = written(5);

  test('is intact as it was written', () => {
    expect(verifyChain(run, rows, end(rows))).toEqual({ intact: true });
  });

  test('names the first row that was changed', () => {
    const forged = rows.map((row) => (row.version === 3 ? { ...row, entries: '{"entry":9}' } : row));
    expect(verifyChain(run, forged, end(rows))).toEqual({ intact: false, firstBadVersion: 3, because: 'changed' });
  });

  test('names the place of a row that was taken out', () => {
    const shortened = rows.filter(({ version }) => version !== 2);
    expect(verifyChain(run, shortened, end(rows))).toMatchObject({ firstBadVersion: 3 });
  });

  test('notices that the end is missing', () => {
    expect(verifyChain(run, rows.slice(0, 4), end(rows))).toEqual({
      intact: false,
      firstBadVersion: 5,
      because: 'end-missing',
    });
  });

  test('is not another run’s', () => {
    expect(verifyChain('another', rows, end(rows))).toMatchObject({ firstBadVersion: 1 });
  });
});
