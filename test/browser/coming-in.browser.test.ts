import { expect, test } from 'vitest';
import { seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';

const open = useConsole();
const password = 'a short sentence is good';

test('who is added chooses a password by a link, and comes by a deep link through the sign-in to where it leads', async () => {
  const adam = await open.as('adam');
  await adam.page.goto('/people');
  await adam.page.getByRole('button', { name: 'Add somebody' }).click();
  const dialog = adam.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^User name/ }).fill('nora');
  await dialog.getByRole('textbox', { name: /^Name/ }).fill('Nora');
  await dialog.getByRole('button', { name: /^Add/ }).click();
  const link = await adam.page
    .getByRole('dialog', { name: /Sign-in link for nora/ })
    .locator('code')
    .textContent();
  adam.isWell();

  const nora = await open.as();
  const { page } = nora;
  // That there is no session yet, and that a link wants a password, is answered by refusals.
  nora.expectTrouble('/api/', 401);
  nora.expectTrouble('/session');
  await page.goto(link ?? '');
  await page.getByRole('textbox', { name: /^Password/ }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByRole('heading', { name: 'Today', level: 1 }));
  await page.getByRole('button', { name: 'Nora' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await seen(page.getByRole('heading', { name: 'Sign in', level: 1 }));

  const deep = '/orders?state=completed&channel=api';
  await page.goto(deep);
  await page.waitForURL(/\/sign-in\?back=/);
  await page.getByRole('textbox', { name: /^User name/ }).fill('nora');
  await page.getByRole('textbox', { name: /^Password/ }).fill('what was it again');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByRole('alert'));
  await page.getByRole('textbox', { name: /^Password/ }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByRole('table', { name: 'Orders' }).getByText('Completed'));
  const { pathname, searchParams } = new URL(page.url());
  expect({ pathname, ...Object.fromEntries(searchParams) }).toEqual({
    pathname: '/orders',
    state: 'completed',
    channel: 'api',
  });
  nora.isWell();
});
