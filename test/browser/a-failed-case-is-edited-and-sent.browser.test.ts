import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../journeys/support/eventually.ts';
import { confirmWith, seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { allowBookings, order, refusedBookings, supervisorSees } from './support/orders.ts';

const open = useConsole();
let troubled = '';
let caseId = '';

beforeAll(async () => {
  [troubled = ''] = await refusedBookings(1);
  const { cases } = await supervisorSees<{ cases: readonly { id: string }[] }>(`/api/cases/v1/cases?key=${troubled}`);
  caseId = cases[0]?.id ?? '';
});
afterAll(allowBookings);

test('what cannot be read as it is written is not sent, and the dialog says where it stands', async () => {
  const { page, isWell } = await open.as('susan');
  // A request of which no schema is known is written as JSON.
  await page.route(`**/api/cases/v1/cases/${caseId}`, async (route) => {
    const response = await route.fetch();
    const { requestSchema: _, ...json } = await response.json();
    await route.fulfill({ response, json });
  });
  await page.goto(`/cases/${caseId}`);
  await page.getByRole('button', { name: 'Edit and send' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: /^Edit and send/ });
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('the name was too long');
  const written = dialog.getByRole('textbox', { name: /^Value/ });
  const before = await written.inputValue();
  await written.fill(before.replace(/"unit": "[^"]*"/, '"unit": "BOX"'));
  expect(await send.isEnabled()).toBe(true);
  await written.fill(before.replace(/"unit": "[^"]*"/, '"unit": "BOX'));
  await seen(dialog.getByText(/It cannot be sent yet: the whole cannot be read as JSON/));
  expect(await send.isDisabled()).toBe(true);
  isWell();
});

test('a value of what was refused is written otherwise, looked at, sent, and the case closes', async () => {
  await allowBookings();
  const { page, isWell } = await open.as('susan');
  await page.goto(`/cases/${caseId}`);
  await page.getByRole('button', { name: 'Edit and send' }).click();
  const dialog = page.getByRole('dialog');
  const preview = dialog.getByRole('region', { name: 'What you changed' });
  await seen(preview.getByText('Nothing is different.'));
  await dialog.getByRole('textbox', { name: /^Description/ }).fill('what they call it');
  await seen(preview.getByText('lines › 0 › description'));
  await seen(preview.getByText('what they call it'));
  await confirmWith(page, /^Edit and send/, 'its name was too long');
  await seen(page.locator('#page').getByText('Closed', { exact: true }));
  await seen(page.locator('#page').getByText('its name was too long'));
  await eventually('the order to go on', async () => (await order(troubled)).bookings.length === 1);
  isWell();
});
