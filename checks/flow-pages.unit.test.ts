import { expect, test } from 'vitest';
import { orderNews } from '#business/flows';
import { refreshPage } from './flow-pages.ts';

const page =
  '# Order news\n\n<!-- generated from flow.ts by `npm run flow-pages`; a check compares it -->\nstale text\n<!-- end of the generated part -->\nkept\n';

test('the generated part is replaced by what the table says, the rest is kept', () => {
  const fresh = refreshPage(page, orderNews);
  expect(fresh).toContain('| telling | The CRM is being told. | `tell-crm` | 1 hour |');
  expect(fresh).toContain('telling --> told: tell crm done');
  expect(fresh).not.toContain('stale text');
  expect(fresh).toContain('kept');
});

test('a page that is up to date stays as it is', () => {
  const fresh = refreshPage(page, orderNews);
  expect(refreshPage(fresh, orderNews)).toBe(fresh);
});

test('a page without a place for it is refused', () => {
  expect(() => refreshPage('# Order news', orderNews)).toThrow(/lacks the lines/);
});
