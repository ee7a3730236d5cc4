/** The characters that cut an interchange. X12 has no escape: none of them can stand in data. */
export interface Delimiters {
  readonly element: string;
  readonly component: string;
  readonly segment: string;
}

/** What most partners agree on. */
export const usualDelimiters: Delimiters = { element: '*', component: '>', segment: '~' };

/** What is wrong with a choice of delimiters; undefined when nothing is. */
export function delimiterDefect({ element, component, segment }: Delimiters): string | undefined {
  const all = [element, component, segment];
  if (all.some((character) => character.length !== 1)) return 'each delimiter must be one character';
  if (new Set(all).size !== all.length) return 'the delimiters must differ from each other';
  const unfit = all.find((character) => /[A-Za-z0-9 ]|[^\0-\x7F]/.test(character));
  if (unfit === undefined) return undefined;
  return `${JSON.stringify(unfit)} cannot be a delimiter: it must be ASCII and neither a blank, a letter nor a digit`;
}
