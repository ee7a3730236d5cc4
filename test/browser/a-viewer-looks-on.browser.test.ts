import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { allowBookings, refusedBookings } from './support/orders.ts';

const open = useConsole();
let troubled = '';

beforeAll(async () => {
  [troubled = ''] = await refusedBookings(1);
});
afterAll(allowBookings);

test('a viewer sees everything and can do nothing: each button says why, and the platform refuses too', async () => {
  const { page, isWell } = await open.as('vera');
  await page.goto(`/orders/${troubled}`);
  await seen(page.getByRole('heading', { name: new RegExp(`Order ${troubled}`) }));
  const cancel = page.getByRole('button', { name: 'Cancel the order' });
  await seen(cancel);
  expect(await cancel.isDisabled()).toBe(true);
  expect(await cancel.getAttribute('title')).toMatch(/orders:write|may not|scope/);

  await page.locator('.now-cases').getByRole('link').first().click();
  await page.waitForURL(/\/cases\//);
  await page.getByText('What cannot be done now, and why').click();
  await seen(page.getByText(/cases:work/));
  expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0);

  await page.goto('/systems/erp-main');
  const pause = page.getByRole('button', { name: 'Pause' });
  await seen(pause);
  expect(await pause.isDisabled()).toBe(true);
  expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0);

  // Whoever takes the lock off the button meets the next one.
  const { url } = inject('demo');
  const refused = await page.request.post(`${url}/api/lanes/v1/lanes/erp-main/pause`, {
    headers: { origin: url, 'idempotency-key': randomUUID() },
    data: { reason: 'only trying' },
  });
  expect({ status: refused.status(), code: (await refused.json()).code }).toEqual({
    status: 403,
    code: 'scope-missing',
  });
  isWell();
});
