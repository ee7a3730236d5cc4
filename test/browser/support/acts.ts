import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../journeys/support/eventually.ts';

/** Resolves when it is on the screen. */
export const seen = (what: Locator): Promise<void> => what.first().waitFor({ state: 'visible' });

/** Fills in why in the dialog that is open, does it, and waits for the dialog to go. */
export async function confirmWith(page: Page, does: RegExp, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill(reason);
  await dialog.getByRole('button', { name: does }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Types a number into the search that every page has. */
export async function find(page: Page, number: string): Promise<void> {
  const box = page.getByRole('searchbox', { name: /^Find an order/ });
  await box.fill(number);
  await box.press('Enter');
}

/** Resolves when the page has drawn its heading and waits for nothing more. */
export async function settled(page: Page): Promise<void> {
  await seen(page.locator('#page h1'));
  const waiting = page.locator('[aria-busy="true"], .skeleton');
  await eventually('the page to have everything', async () => (await waiting.count()) === 0);
}
