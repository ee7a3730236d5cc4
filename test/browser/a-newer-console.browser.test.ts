import { expect, test } from 'vitest';
import { seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';

const open = useConsole();

test('a console that was replaced while it was open loads itself anew, once, and goes where one wanted to go', async () => {
  const { page, expectTrouble, isWell } = await open.as('stefan');
  await page.goto('/orders');
  await settled(page);

  // The files of the old build are gone, as after an upgrade: the first page that was not visited yet asks for one.
  expectTrouble('/assets/');
  let loads = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  await page.route('**/assets/*.js', (route) =>
    loads === 0 ? route.fulfill({ status: 404, body: 'gone' }) : route.continue(),
  );
  await page.getByRole('link', { name: 'Integrations' }).click();
  await seen(page.getByRole('heading', { name: 'Integrations', level: 1 }));
  expect(loads).toBe(1);

  // When it is not the upgrade, it is said, and the page does not load itself for ever.
  await page.unroute('**/assets/*.js');
  await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.getByRole('link', { name: 'Audit' }).click();
  await seen(page.getByRole('heading', { name: 'This page broke', level: 1 }));
  expect(loads).toBe(1);
  isWell();
});
