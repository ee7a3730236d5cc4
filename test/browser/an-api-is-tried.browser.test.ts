import { expect, test } from 'vitest';
import { seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { ordersIn } from './support/orders.ts';

const open = useConsole();

test('somebody finds an operation, fills it in, sends it, and sees what it answers', async () => {
  const { page, isWell } = await open.as('stefan');
  const [number = ''] = await ordersIn('completed');
  await page.goto('/apis');
  await page
    .locator('#page')
    .getByRole('link', { name: /orders/i })
    .first()
    .click();
  await page.getByRole('link', { name: /Show an order:/ }).click();
  const tried = page.locator('.try-it');
  const send = tried.getByRole('button', { name: 'Send' });
  await seen(send);
  // What is required is filled in first.
  expect(await send.isDisabled()).toBe(true);
  await tried.getByRole('textbox', { name: /^orderNumber/ }).fill(number);
  await seen(tried.getByText(new RegExp(`curl '.*/api/orders/v1/orders/${number}'`)));
  await send.click();
  await seen(tried.getByText('200 OK'));
  await seen(tried.getByText(number).last());
  isWell();
});
