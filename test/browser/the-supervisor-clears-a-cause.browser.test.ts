import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmWith, find, seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { allowBookings, refusedBookings, supervisorSees } from './support/orders.ts';
import { shoot } from './support/screenshots.ts';

const open = useConsole();
const count = 5;
let refused: readonly string[] = [];

beforeAll(async () => {
  refused = await refusedBookings(count);
});
afterAll(allowBookings);

test('two supervisors give an order up together, and one of them sends the others again when the cause is mended', async () => {
  const [given = '', ...others] = refused;
  const susan = await open.as('susan');
  const sam = await open.as('sam');

  // One order is given up: it takes two.
  await susan.page.goto('/cases');
  await susan.page.getByRole('link', { name: /book in erp/i }).click();
  await seen(susan.page.getByText(/not allowed|right/i));
  await susan.page.getByRole('link', { name: given }).first().click();
  await susan.page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
  const { pathname: path } = new URL(susan.page.url());
  await susan.page.getByRole('button', { name: 'Give up and undo' }).click();
  await confirmWith(susan.page, /^Give up and undo/, 'the customer buys elsewhere');
  await seen(susan.page.getByRole('heading', { name: 'Approvals' }));
  // Whoever asked does not allow it.
  expect(await susan.page.getByRole('button', { name: 'Allow', exact: true }).count()).toBe(0);

  await sam.page.goto('/approvals');
  await seen(sam.page.getByText('the customer buys elsewhere'));
  await shoot(sam.page, 'story-supervisor-approval');
  await sam.page.getByRole('button', { name: 'Allow', exact: true }).click();
  await confirmWith(sam.page, /^Allow/, 'she is right');
  await seen(sam.page.getByText('Nothing waits for a second person.'));

  // Both names stand in the case's history and in the audit.
  await susan.page.goto(path);
  await seen(susan.page.getByText(/Susan|susan/));
  await seen(susan.page.locator('#page').getByText(/\bsam\b/i));
  await susan.page.goto('/audit');
  await seen(susan.page.getByRole('row', { name: /sam.*approve/i }));
  await seen(susan.page.getByRole('row', { name: /susan.*the customer buys elsewhere/i }));

  // The cause is mended: the rest goes again at once, after a look at what that would do.
  await allowBookings();
  await susan.page.goto('/cases');
  await susan.page.getByRole('link', { name: /book in erp/i }).click();
  await susan.page.getByRole('button', { name: 'Send all again' }).click();
  // Other stories may have left orders with the same cause: all of them may be sent again.
  const looked = susan.page.getByRole('dialog').getByText(/\d+ cases of \d+/);
  await seen(looked);
  const [, may, all] = /(\d+) cases of (\d+)/.exec((await looked.first().textContent()) ?? '') ?? [];
  expect(may).toBe(all);
  expect(Number(all)).toBeGreaterThanOrEqual(count - 1);
  await confirmWith(susan.page, /^Send all again/, 'the right is back in the ERP');
  await susan.page.waitForURL(/\/cases\/bulks\//);
  await seen(susan.page.getByText('Finished'));
  await shoot(susan.page, 'story-supervisor-bulk');
  for (const number of others) {
    await find(susan.page, number);
    await seen(
      susan.page.getByRole('heading', { name: new RegExp(`Order ${number}.*(Completed|Fulfilling)`), level: 1 }),
    );
  }
  const { groups } = await supervisorSees<{ groups: readonly { cause: string }[] }>('/api/cases/v1/groups');
  expect(groups.filter(({ cause }) => cause === 'failed-book-in-erp')).toEqual([]);
  susan.isWell();
  sam.isWell();
});

test('a supervisor pauses a system and takes it into use again, and both reasons stand in its history', async () => {
  const { page, isWell } = await open.as('susan');
  await page.goto('/systems');
  await page.getByRole('link', { name: 'crm-main' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await confirmWith(page, /^Pause/, 'its people change something');
  await seen(page.getByRole('button', { name: 'Resume' }));
  await seen(page.getByText('its people change something'));
  await page.getByRole('button', { name: 'Resume' }).click();
  await confirmWith(page, /^Resume/, 'they are done');
  await seen(page.getByRole('button', { name: 'Pause' }));
  await seen(page.getByText('they are done'));
  isWell();
});
