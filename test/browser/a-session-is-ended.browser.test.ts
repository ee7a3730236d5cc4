import { test } from 'vitest';
import { seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';

const open = useConsole();

test('a page whose session is ended elsewhere goes to the sign-in by itself, with the way back', async () => {
  const { page, expectTrouble, isWell } = await open.as('stefan');
  let isEnded = false;
  const over = { status: 401, json: { code: 'not-signed-in', title: 'Not signed in', detail: 'Sign in.' } };
  await page.route('**/api/live/v1/events', (route) => route.fulfill(over));
  await page.route('**/api/people/v1/me', (route) => (isEnded ? route.fulfill(over) : route.continue()));
  expectTrouble('/api/', 401);
  await page.goto('/systems');
  await settled(page);
  isEnded = true;
  // Nobody touches the page: only the connection that is refused tells it.
  await page.waitForURL(/\/sign-in\?back=%2Fsystems$/);
  await seen(page.getByRole('heading', { name: 'Sign in', level: 1 }));
  isWell();
});
