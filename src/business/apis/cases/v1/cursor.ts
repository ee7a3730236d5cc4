import { failed, ok, type Result } from '#model/kernel';
import type { Failure } from '#platform/gateway';

const wrong: Failure = {
  in: 'query',
  code: 'unknown-place',
  path: '/after',
  message:
    'This is not where a page of this list ended: give `next` of the page before, with the same sort and filters.',
};

/** Where a page ended, as one opaque text that fits into an address. */
export const writeCursor = (parts: readonly string[]): string =>
  btoa(JSON.stringify(parts)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** What was written, if every part has its form. */
export function readCursor(text: string, forms: readonly RegExp[]): Result<readonly string[], Failure> {
  try {
    const parts: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
    if (!Array.isArray(parts) || parts.length !== forms.length) return failed([wrong]);
    const fits = forms.every((form, index) => typeof parts[index] === 'string' && form.test(parts[index]));
    return fits ? ok(parts) : failed([wrong]);
  } catch {
    return failed([wrong]);
  }
}
