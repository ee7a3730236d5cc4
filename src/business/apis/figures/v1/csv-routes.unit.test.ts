import { expect, test } from 'vitest';
import { ok } from '#model/kernel';
import type { Evidence } from '#platform/figures';
import { evidenceCsv } from './csv-routes.ts';
import type { FiguresNeeds } from './needs.ts';

const row = { key: 'S-1', kind: 'course', at: '2026-03-18T10:00:00.000Z', value: 7_200 } as const;

async function fileOf(evidence: Evidence): Promise<string | undefined> {
  const figures = { evidence: async () => ok(evidence) } as unknown as FiguresNeeds['figures'];
  const request = { params: { figure: 'order-cycle-time' }, query: {} } as Parameters<typeof evidenceCsv.handle>[0];
  const answer = await evidenceCsv.handle(request, { figures });
  return 'fileName' in answer ? answer.fileName : undefined;
}

test('the file of what is cut says in its name that it is', async () => {
  const whole: Evidence = { unit: 'seconds', rows: [row] };
  expect(await fileOf(whole)).toBe('order-cycle-time.csv');
  expect(await fileOf({ ...whole, next: ['60', 'S-2', '0'] })).toBe('order-cycle-time-first-10000.csv');
});
