import { afterAll, beforeAll, expect, test } from 'vitest';
import { seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { deliverable, turn } from './support/orders.ts';

const open = useConsole();
let submit: () => Promise<string>;

beforeAll(async () => {
  submit = await deliverable();
});
afterAll(() => turn('erp-main', { latencyMs: 0 }));

test('an order is watched from its submission to its completion, and no page is loaded again', async () => {
  const { page, isWell } = await open.as('stefan');
  await page.goto('/orders');
  await settled(page);
  await seen(page.getByRole('status').getByText('Live', { exact: true }));
  await page.evaluate('globalThis.isSamePage = true');

  // So slow that one sees it on its way.
  await turn('erp-main', { latencyMs: 2_000 });
  const number = await submit();
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: number, exact: true }) });
  await seen(row);
  await row.getByRole('link').click();
  const heading = (state: RegExp) =>
    page.getByRole('heading', { name: new RegExp(`^Order ${number}.*(${state.source})`), level: 1 });
  await seen(heading(/Checking|Judging|Reserving|Booking/));
  await turn('erp-main', { latencyMs: 0 });
  await seen(heading(/Completed/));
  await seen(page.getByText('Told everyone who listens: order.completed.'));

  await page.goBack();
  await seen(row.getByText('Completed'));
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
  isWell();
});
