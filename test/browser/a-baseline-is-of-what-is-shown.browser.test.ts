import { expect, test } from 'vitest';
import { seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { supervisorSees } from './support/orders.ts';

const open = useConsole();

interface Figures {
  readonly figures: readonly { readonly figure: string; readonly available: boolean }[];
}

test('a baseline begins with the time that one looks at, also when one has chosen another one meanwhile', async () => {
  const { figures } = await supervisorSees<Figures>('/api/figures/v1/figures');
  const { figure = '' } = figures.find(({ available }) => available) ?? {};
  const { page, isWell } = await open.as('susan');
  await page.goto(`/figures/${figure}`);
  await settled(page);
  const dialog = page.getByRole('dialog', { name: /^Baseline of/ });
  const daysOffered = async (): Promise<number> => {
    await page.getByRole('button', { name: 'Set baseline' }).click();
    await seen(dialog);
    const [from, to] = await Promise.all(['From', 'To'].map((label) => dialog.getByLabel(label).inputValue()));
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000 + 1;
  };
  expect(await daysOffered()).toBe(7);
  for (const [title, days] of [
    ['90 days', 90],
    ['Today', 1],
  ] as const) {
    await page.getByRole('button', { name: title, exact: true }).click();
    await settled(page);
    expect(await daysOffered()).toBe(days);
  }
  isWell();
});
