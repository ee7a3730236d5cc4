import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { seen } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { supervisorSees } from './support/orders.ts';

const open = useConsole();

interface Figures {
  readonly figures: readonly { readonly figure: string; readonly title: string; readonly sample?: number }[];
}

test('a supervisor says what a figure is held against, and takes what stands behind it with her', async () => {
  const { figures } = await supervisorSees<Figures>('/api/figures/v1/figures');
  const { figure = '', title = '' } = figures.find(({ sample = 0 }) => sample > 0) ?? {};
  const { page, isWell } = await open.as('susan');
  await page.goto(`/figures/${figure}`);
  await page.getByRole('button', { name: 'Set baseline' }).click();
  const dialog = page.getByRole('dialog', { name: `Baseline of ${title}` });
  const from = await dialog.getByLabel('From').inputValue();
  const to = await dialog.getByLabel('To').inputValue();
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('before the new warehouse');
  await dialog.getByRole('button', { name: /^Set baseline/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await seen(page.getByText(`${title} has a baseline`));
  await seen(page.getByText(new RegExp(`${from} to ${to}, set by susan`, 'i')));

  const begun = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const file = await begun;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  const shown = page.getByRole('table', { name: 'Evidence' }).locator('.row-link');
  await seen(shown);
  for (const key of (await shown.allTextContents()).slice(0, 3)) expect(text).toContain(key);
  isWell();
});
