import type { Difference } from '#platform/engine';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function members(one: object, other: object): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

/**
 * What was edited, member by member, each place by JSON Pointer (RFC 6901): the members that were there and are not, are there and
 * were not, or are another now. Lists are compared place by place.
 */
export function differenceBetween(from: unknown, to: unknown, path = ''): readonly Difference[] {
  const areObjects = isObject(from) && isObject(to);
  const areLists = Array.isArray(from) && Array.isArray(to);
  if (areObjects || areLists) {
    const before = from as Readonly<Record<string, unknown>>;
    const after = to as Readonly<Record<string, unknown>>;
    return members(before, after).flatMap((name) =>
      differenceBetween(
        Object.hasOwn(before, name) ? before[name] : undefined,
        Object.hasOwn(after, name) ? after[name] : undefined,
        `${path}/${pointer(name)}`,
      ),
    );
  }
  if (isSame(from, to)) return [];
  return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}
