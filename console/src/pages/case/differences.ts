import type { Difference } from '../../parts/diff.tsx';
import { pointerPart } from '../../parts/json-schema.ts';
import { Unreadable } from '../../parts/unreadable.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unreadable);

/** Names of the parts that either value has. */
function partsOf(from: unknown, to: unknown): readonly (string | number)[] | undefined {
  if (isObject(from) && isObject(to)) return [...new Set([...Object.keys(from), ...Object.keys(to)])];
  if (Array.isArray(from) && Array.isArray(to))
    return Array.from({ length: Math.max(from.length, to.length) }, (_, at) => at);
  return undefined;
}

const part = (value: unknown, name: string | number): unknown =>
  (value as Readonly<Record<string | number, unknown>>)[name];

/** What was made other, place by place; the server works out the same and keeps it. */
export function differences(from: unknown, to: unknown, path = ''): readonly Difference[] {
  const parts = partsOf(from, to);
  if (parts !== undefined)
    return parts.flatMap((name) => differences(part(from, name), part(to, name), `${path}/${pointerPart(name)}`));
  if (Object.is(from, to)) return [];
  return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}
