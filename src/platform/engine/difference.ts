import type { Difference } from './decision.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const pointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

type Members = Readonly<Record<string, unknown>>;

const member = (of: Members, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);

function compare(from: unknown, to: unknown, path: string, found: Difference[]): void {
  if (Object.is(from, to)) return;
  if (isObject(from) && isObject(to) && Array.isArray(from) === Array.isArray(to)) {
    const [before, after] = [from as Members, to as Members];
    for (const name of Object.keys(before)) {
      compare(before[name], member(after, name), `${path}/${pointer(name)}`, found);
    }
    for (const name of Object.keys(after)) {
      if (!Object.hasOwn(before, name)) compare(undefined, after[name], `${path}/${pointer(name)}`, found);
    }
    return;
  }
  // As JSON has it: what cannot be told apart there is no difference.
  if (JSON.stringify(from) === JSON.stringify(to)) return;
  found.push({ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
}

/**
 * What was edited, member by member, each place by JSON Pointer (RFC 6901): the members that were there and are not, are there and
 * were not, or are another now. Lists are compared place by place.
 */
export function differenceBetween(from: unknown, to: unknown, path = ''): readonly Difference[] {
  const found: Difference[] = [];
  compare(from, to, path, found);
  return found;
}
