import { expect, test } from 'vitest';
import { seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';

const open = useConsole();
const page1 = 50;

const approval = (number: number, state: string) => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  what: 'case.compensate',
  target: `order:${number}`,
  summary: `Give order ${number} up`,
  askedBy: 'person:sam',
  askedAt: '2026-01-01T00:00:00.000Z',
  reason: 'they buy elsewhere',
  state,
  mayDecide: state === 'pending',
});

test('none of many approvals is lost, however many were decided since, and the badge says that there are more', async () => {
  const { page, isWell } = await open.as('susan');
  // More than a demo's day has: as the platform pages them.
  await page.route('**/api/approvals/v1/approvals?*', async (route) => {
    const { searchParams } = new URL(route.request().url());
    const state = searchParams.get('state') === 'decided' ? 'refused' : 'pending';
    const isNext = searchParams.get('after') === 'the-next';
    const first = isNext ? page1 : 0;
    const approvals = Array.from({ length: isNext ? 1 : page1 }, (_, at) => approval(first + at + 1, state));
    await route.fulfill({ json: { approvals, ...(isNext ? {} : { next: 'the-next' }) } });
  });
  await page.goto('/approvals');
  await seen(page.getByRole('navigation', { name: 'Main', exact: true }).getByText('50+'));
  await seen(page.getByRole('heading', { name: 'Give order 50 up' }));
  await page.getByRole('heading', { name: 'Give order 50 up' }).scrollIntoViewIfNeeded();
  await seen(page.getByRole('heading', { name: 'Give order 51 up' }));
  expect(await page.getByRole('button', { name: 'Allow', exact: true }).count()).toBe(51);

  await page.getByRole('link', { name: 'Decided' }).click();
  await seen(page.getByText('Refused').first());
  await page.getByRole('heading', { name: 'Give order 50 up' }).scrollIntoViewIfNeeded();
  await seen(page.getByRole('heading', { name: 'Give order 51 up' }));
  expect(await page.getByRole('button', { name: 'Allow', exact: true }).count()).toBe(0);
  isWell();
});
