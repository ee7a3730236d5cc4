import { expect, test } from 'vitest';
import { seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';

const open = useConsole();

test('a number of today leads to what it counts, or nowhere', async () => {
  const { page, isWell } = await open.as('stefan');
  await page.goto('/');
  await settled(page);
  for (const counted of ['Completed today', 'Cancelled today'])
    expect(await page.getByRole('link', { name: counted }).count()).toBe(0);
  await page.getByRole('link', { name: /^Accepted today/ }).click();
  await seen(page.getByRole('table', { name: 'Orders' }).getByRole('link'));
  const today = await page.evaluate<string>('new Date().toLocaleDateString("sv-SE")');
  expect(new URL(page.url()).search).toBe(`?from=${today}`);
  isWell();
});

test('a truck says how many of all will miss it, also those that are not named, and when it leaves where one is', async () => {
  const { page, isWell } = await open.as('stefan', { timezoneId: 'Asia/Tokyo' });
  await page.route('**/api/orders/v1/trucks', async (route) => {
    const response = await route.fetch();
    const { asOf } = (await response.json()) as { asOf: string };
    const late = (part: string) => ({
      part,
      order: { orderNumber: '7', customer: 'C-1', customerName: 'Corner Shop' },
      certainty: 'will-miss',
      because: 'The warehouse does not answer.',
      since: asOf,
      until: '2026-03-10T06:30:00.000Z',
    });
    const truck = { site: 'NORTH', leavesAt: '2026-03-10T08:00:00.000Z', basis: 'as configured', due: 1_200, left: 20 };
    const missing = [late('7-NORTH-1'), late('7-NORTH-2')];
    await route.fulfill({ response, json: { asOf, trucks: [{ ...truck, willMiss: 900, mayMiss: 30, missing }] } });
  });
  await page.goto('/');
  await seen(page.getByText('900 of 1,200 will miss it'));
  await seen(page.getByText('30 of 1,200 may miss it'));
  await seen(page.getByText('and 928 others'));
  await seen(page.getByText(/leaves .*17:00/));
  await seen(page.getByText(/The warehouse does not answer\. Expected to be over .*15:30/));
  isWell();
});
