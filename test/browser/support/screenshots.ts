import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const folder = resolve(process.env.BROWSER_SHOTS ?? '.browser');

/** Takes what stands on the screen; the name says page, theme and width. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
