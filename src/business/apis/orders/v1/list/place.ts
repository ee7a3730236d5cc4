import { failed, ok, type Result } from '#model/kernel';
import type { Failure } from '#platform/gateway';
import type { RunOrder, RunPlace } from '#platform/progress';

const wrong: Failure = {
  in: 'query',
  code: 'unknown-place',
  path: '/after',
  message:
    'This is not where a page of this list ended: give `next` of the page before, with the same search, sort and filters.',
};

const moment = /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00)$/;
const number = /^-?\d{1,20}(\.\d{1,10})?$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a place belongs to: the sort, or the search. */
export type Listed = RunOrder | 'search';

/** Where a page ended, as one opaque text that fits into an address. */
export const writePlace = (of: Listed, { place, id: run, exact }: RunPlace): string =>
  btoa(JSON.stringify([of, place, run, exact]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** What was written, if it is of this list. */
export function readPlace(of: Listed, text: string): Result<RunPlace, Failure> {
  try {
    const parts: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
    if (!Array.isArray(parts) || parts.length !== 4 || parts[0] !== of) return failed([wrong]);
    const [, place, run, exact] = parts;
    const fits =
      typeof place === 'string' &&
      (of === 'worth' ? number : moment).test(place) &&
      (!/^\d{4}/.test(place) || of === 'worth' || !Number.isNaN(Date.parse(place))) &&
      typeof run === 'string' &&
      id.test(run) &&
      typeof exact === 'boolean';
    return fits ? ok({ place, id: run, exact }) : failed([wrong]);
  } catch {
    return failed([wrong]);
  }
}
