import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { allowBookings, ordersIn, refusedBookings } from './support/orders.ts';

const open = useConsole();
const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const largest = 250_000;
let refused: readonly string[] = [];

beforeAll(async () => {
  refused = await refusedBookings(12);
  await mkdir(folder, { recursive: true });
});
afterAll(allowBookings);

test('the pictures of the README are taken', async () => {
  const [held = ''] = await ordersIn('held');
  const [troubled = ''] = refused;
  const pictures = {
    today: '/',
    order: `/orders/${held}`,
    'who-says-what': `/orders/${troubled}?view=says`,
    cases: '/cases',
  };
  const { page, isWell } = await open.as('susan', { colorScheme: 'light', deviceScaleFactor: 1 });
  for (const [name, path] of Object.entries(pictures)) {
    await page.goto(path);
    await settled(page);
    const file = `${folder}/${name}.png`;
    await page.screenshot({ path: file, animations: 'disabled' });
    expect((await stat(file)).size).toBeLessThan(largest);
  }
  isWell();
});
