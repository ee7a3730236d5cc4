import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmWith, seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { askApi, cancelled, heldOrder, order } from './support/orders.ts';

const open = useConsole();
let numbers: readonly string[] = [];

beforeAll(async () => {
  numbers = [await heldOrder(), await heldOrder()];
});
afterAll(() => Promise.all(numbers.map(cancelled)));

test('a quantity is changed beside what a colleague changes meanwhile, and another order is cancelled', async () => {
  const [changed = '', given = ''] = numbers;
  const { page, isWell } = await open.as('susan');
  await page.goto(`/orders/${changed}`);
  await page.getByRole('button', { name: 'Change the order' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Quantity of line 1/ }).fill('3');
  const preview = dialog.getByRole('region', { name: 'What will be other' });
  await seen(preview.getByText(/^Line 1/));

  // What a colleague does meanwhile is told, and is not taken back by what she sends.
  const theirs = `THEIRS-${changed}`;
  const changes = `/api/orders/v1/orders/${changed}/changes`;
  await askApi(changes, { customerPurchaseOrder: theirs, reason: 'they wrote the wrong one' });
  await seen(dialog.getByRole('region', { name: 'What has changed since you opened this' }).getByText(theirs));
  expect(await preview.getByRole('listitem').count()).toBe(1);
  await confirmWith(page, /^Change the order/, 'they need three');
  await seen(page.getByText(`Order ${changed}: the change was made.`));
  const after = await order(changed);
  expect(after.lines.map(({ quantities }) => quantities.ordered)).toEqual(['3']);
  expect(after.customerPurchaseOrder).toBe(theirs);

  await page.goto(`/orders/${given}`);
  await page.getByRole('button', { name: 'Cancel the order' }).first().click();
  await confirmWith(page, /^Cancel the order/, 'they buy elsewhere');
  await seen(page.getByRole('heading', { name: new RegExp(`Order ${given}.*Cancelled`), level: 1 }));
  await seen(page.getByText(/they buy elsewhere/));
  isWell();
});
