import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmWith, seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { cancelled, heldOrder, order, supervisorSees } from './support/orders.ts';

const open = useConsole();
let held = '';

beforeAll(async () => {
  held = await heldOrder();
});
afterAll(() => cancelled(held));

/** The platform does what it is asked next at this address; what it answers does not arrive. */
async function loseAnswer(page: Page, address: string): Promise<void> {
  await page.route(
    address,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
}

test('a change whose answer was lost is made once, though one clicks again', async () => {
  const { page, expectTrouble, isWell } = await open.as('susan');
  const [{ item = '' } = {}] = (await order(held)).lines;
  await page.goto(`/orders/${held}`);
  await page.getByRole('button', { name: 'Change the order' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add a line' }).click();
  await dialog.getByRole('textbox', { name: 'Item of new line 1' }).fill(item);
  await dialog.getByRole('textbox', { name: 'Quantity of new line 1' }).fill('2');
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('they want two more');

  expectTrouble('/changes');
  await loseAnswer(page, '**/changes');
  const change = dialog.getByRole('button', { name: /^Change the order/ });
  await change.click();
  await seen(dialog.getByText('The platform cannot be reached'));
  // It was done all the same, and the dialog shows it.
  await seen(dialog.getByRole('region', { name: 'What has changed since you opened this' }).getByText(/New line/));
  await change.click();
  await dialog.waitFor({ state: 'hidden' });
  expect((await order(held)).lines.map(({ quantities }) => quantities.ordered)).toEqual(['1', '2']);
  isWell();
});

test('a pause whose answer was lost stays a pause, though the system is paused by then', async () => {
  const { page, expectTrouble, isWell } = await open.as('susan');
  await page.goto('/systems/crm-main');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('its people change something');
  expectTrouble('/pause');
  await loseAnswer(page, '**/pause');
  const pause = dialog.getByRole('button', { name: /^Pause/ });
  await pause.click();
  await seen(dialog.getByText('The platform cannot be reached'));
  // The page behind it knows by now.
  await seen(page.getByText(/paused it: its people change something/));
  await pause.click();
  await dialog.waitFor({ state: 'hidden' });
  const { paused } = await supervisorSees<{ paused?: object }>('/api/lanes/v1/lanes/crm-main');
  expect(paused).toBeDefined();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await confirmWith(page, /^Resume/, 'they are done');
  await seen(page.getByRole('button', { name: 'Pause', exact: true }));
  isWell();
});
