/** What the story reads of a journal entry: payloads stay as they are. */
export interface Entry {
  readonly kind: string;
  readonly key?: string;
  readonly name?: string;
  readonly state?: string;
  readonly instance?: string;
  readonly capability?: string;
}

const text = (value: unknown): value is string => typeof value === 'string';

/** A journal entry out of a line's `details`, which the API leaves open. */
export function entryOf(details: unknown): Entry {
  if (typeof details !== 'object' || details === null) return { kind: '' };
  const { kind, key, name, state, instance, capability } = details as Readonly<Record<string, unknown>>;
  return {
    kind: text(kind) ? kind : '',
    ...(text(key) ? { key } : {}),
    ...(text(name) ? { name } : {}),
    ...(text(state) ? { state } : {}),
    ...(text(instance) ? { instance } : {}),
    ...(text(capability) ? { capability } : {}),
  };
}
