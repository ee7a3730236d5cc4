/** Characters of JSON; what is longer is cut in a list. */
export const mostCharacters = 32_768;
const beginningCharacters = 2_000;
/** So many members are surely more than the beginning. */
const mostMembers = 50;

/** About how long it is as JSON, as far as `most`: a payload of a megabyte is not written out to be thrown away. */
function roughLength(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let length = 2;
  for (const [name, each] of Object.entries(value)) {
    length += (Array.isArray(value) ? 1 : name.length + 4) + roughLength(each, most - length);
    if (length > most) break;
  }
  return length;
}

const beginningOf = (payload: unknown): string => {
  const text =
    typeof payload === 'string'
      ? payload
      : JSON.stringify(payload, (_, value: unknown) =>
          Array.isArray(value) && value.length > mostMembers ? value.slice(0, mostMembers) : value,
        );
  return `${text.slice(0, beginningCharacters)}…`;
};

/** A payload as a list shows it: whole, or if it is too large its beginning as text. */
export function shortened(payload: unknown): { readonly shown: unknown; readonly isCut: boolean } {
  if (roughLength(payload, mostCharacters) <= mostCharacters) return { shown: payload, isCut: false };
  return { shown: beginningOf(payload), isCut: true };
}
