import { expect, inject, test } from 'vitest';
import { seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { openDoorway } from './support/doorway.ts';
import { orderAgain } from './support/orders.ts';

const open = useConsole();

test('when the platform goes away the console says so and keeps what it shows; when it is back it goes on by itself', async () => {
  const door = await openDoorway(inject('demo').url);
  const { page, expectTrouble, isWell } = await open.as('stefan', { baseURL: door.url });
  try {
    await page.goto('/orders');
    await settled(page);
    await seen(page.getByRole('status').getByText('Live'));
    const rows = await page.getByRole('row').count();

    expectTrouble('/api/');
    await door.shut();
    await seen(page.getByRole('status').getByText(/Reconnecting since/));
    expect(await page.getByRole('row').count()).toBe(rows);

    // What happened meanwhile stands there without anybody loading the page again.
    const fresh = await orderAgain();
    await door.open();
    await seen(page.getByRole('status').getByText('Live', { exact: true }));
    await seen(page.getByRole('link', { name: fresh }));
    isWell();
  } finally {
    await door.shut();
  }
});
