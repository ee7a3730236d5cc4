import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seriousFindings } from './support/accessibility.ts';
import { seen, settled } from './support/acts.ts';
import { useConsole } from './support/console-of.ts';
import { allowBookings, cancelled, heldOrder, refusedBookings, supervisorSees } from './support/orders.ts';
import { allPlaces, type Place } from './support/places.ts';
import { shoot } from './support/screenshots.ts';

const open = useConsole();
let places: readonly Place[] = [];
let held: string;

interface CaseView {
  readonly id: string;
  readonly group: string;
  readonly key: string;
  readonly cause: string;
}

beforeAll(async () => {
  held = await heldOrder();
  await refusedBookings(3);
  const { cases } = await supervisorSees<{ cases: readonly CaseView[] }>(
    '/api/cases/v1/cases?cause=failed-book-in-erp',
  );
  const [first] = cases;
  if (first === undefined) throw new Error('there is no case to look at');
  places = await allPlaces({ troubled: first.key, caseId: first.id, group: first.group, held });
});
afterAll(async () => {
  await allowBookings();
  await cancelled(held);
});

const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'every page fits a %s, breaks nothing, and everybody can use it',
    { timeout: 180_000 },
    async (size) => {
      const viewport = sizes[size];
      const { page, expectTrouble, isWell } = await open.as('susan', { colorScheme, viewport });
      // That a link wants a password is answered by a refusal.
      expectTrouble('/session/link');
      const found: string[] = [];
      for (const { name, path, opens } of places) {
        await page.goto(path);
        await settled(page);
        if (opens !== undefined) {
          await page.getByRole('button', { name: opens, exact: true }).first().click();
          await seen(page.getByRole('dialog'));
          await settled(page);
        }
        await shoot(page, `${name}-${colorScheme}-${size}`);
        const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (tooWide > 0) found.push(`${name}: ${tooWide} pixels too wide`);
        found.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`));
      }
      expect(found).toEqual([]);
      isWell();
    },
  );
});
