import { expect, test } from 'vitest';
import { seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';

const open = useConsole();

test('a selection that ends beside the dialog does not close it, a click beside it does', async () => {
  const { page, isWell } = await open.as('susan');
  await page.goto('/systems/crm-main');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const reason = page.getByRole('dialog').getByRole('textbox', { name: /^Reason/ });
  await reason.fill('its people change something');
  await reason.hover();
  await page.mouse.down();
  await page.mouse.move(5, 5, { steps: 3 });
  await page.mouse.up();
  expect(await reason.inputValue()).toBe('its people change something');
  await page.mouse.click(5, 5);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  isWell();
});

test('a sign-out that did not happen is said, and one is still where one was', async () => {
  const { page, expectTrouble, isWell } = await open.as('susan');
  await page.goto('/systems');
  expectTrouble('/session');
  await page.route('**/session', (route) => route.abort('connectionreset'));
  await page.getByRole('button', { name: 'Susan' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await seen(page.getByText('You are still signed in: The platform cannot be reached.'));
  await seen(page.getByRole('heading', { name: 'Systems', level: 1 }));
  isWell();
});
