import { expect, inject, test } from 'vitest';
import { confirmWith, find, seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { order, ordersIn } from './support/orders.ts';
import { shoot } from './support/screenshots.ts';

const open = useConsole();

test('the operator comes in by her link, finds orders by any number, reads all of one, and lets a held one go on', async () => {
  const { page, isWell } = await open.as();
  const [completed = ''] = await ordersIn('completed');
  const [held = ''] = await ordersIn('held');
  const { customerPurchaseOrder, bookings } = await order(completed);

  await page.goto(inject('demo').people.olga ?? '');
  await seen(page.getByRole('heading', { name: 'Today', level: 1 }));
  await seen(page.getByText('Live', { exact: true }));
  await seen(page.getByRole('link', { name: /1 with a case/ }));
  await settled(page);
  await shoot(page, 'story-operator-today');

  // By the customer's number and by the ERP's she comes to the same order, the first time with the keyboard alone.
  const heading = page.getByRole('heading', { name: new RegExp(`^Order ${completed}`), level: 1 });
  await page.keyboard.press('/');
  await page.keyboard.type(customerPurchaseOrder);
  await page.keyboard.press('Enter');
  await seen(heading);
  await page.goto('/orders');
  await find(page, bookings[0]?.reference ?? '');
  await seen(heading);

  await seen(page.getByText('Told everyone who listens: order.completed.'));
  const views = page.getByRole('navigation', { name: 'Views of the order' });
  const look = async (view: string): Promise<void> => {
    await views.getByRole('link', { name: view }).click();
    await settled(page);
  };
  await look('Lines');
  await seen(page.getByText(/\d shipped/));
  await look('Who says what');
  await seen(page.getByText(/Nobody contradicts anybody/));
  await seen(page.getByRole('columnheader', { name: /erp-main/ }));
  await look('Flow');
  await seen(page.getByRole('heading', { name: 'Completed' }));
  await look('Messages');
  // Another story may have let the ERP refuse it before: that call has no answer to show.
  await page.locator('summary').filter({ hasText: 'Book in ERP' }).filter({ hasText: 'Done' }).first().click();
  await seen(page.getByRole('heading', { name: 'Answered' }));
  await look('Trace');
  await seen(page.getByText('Check customer'));

  // The held order: why, what may be done, and doing it. What comes of it is seen without loading anything again.
  await find(page, held);
  await seen(page.getByText(/over the credit limit of/));
  await page.getByRole('button', { name: 'Release the credit hold' }).first().click();
  await confirmWith(page, /^Release the hold/, 'the customer has paid in advance');
  await seen(page.getByRole('heading', { name: /Completed|Awaiting remainder/, level: 1 }));
  await seen(page.getByText(/the customer has paid in advance/));
  expect((await ordersIn('held')).includes(held)).toBe(false);
  await shoot(page, 'story-operator-released');
  isWell();
});
