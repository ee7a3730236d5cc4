import { expect, test } from 'vitest';
import { settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';

const open = useConsole();
const most = 300 * 1024;

test('the first page that somebody opens takes at most 300 KiB of script', async () => {
  const { page, isWell } = await open.as('stefan');
  const scripts: Promise<readonly [string, number]>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    scripts.push(response.body().then((body) => [new URL(response.url()).pathname, body.length] as const));
  });
  await page.goto('/');
  await settled(page);
  const loaded = await Promise.all(scripts);
  const bytes = loaded.reduce((sum, [, length]) => sum + length, 0);
  process.stdout.write(`first load: ${loaded.length} scripts, ${(bytes / 1024).toFixed(1)} KiB uncompressed\n`);
  expect(loaded.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(most);
  isWell();
});
