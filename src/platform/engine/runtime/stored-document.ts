type Parts = Readonly<Record<string, unknown>>;

const hasGiven = (document: unknown): document is Parts & { readonly given: unknown } =>
  typeof document === 'object' && document !== null && !Array.isArray(document) && 'given' in document;

/** The member of the document that never changes after `begin`; undefined when there is none. */
export const givenOf = (document: unknown): unknown => (hasGiven(document) ? document.given : undefined);

/** The part that changes as JSON in UTF-8: what each advance writes. */
export function changingPart(document: unknown): Buffer {
  if (!hasGiven(document)) return Buffer.from(JSON.stringify(document ?? null));
  const { given: _, ...changing } = document;
  return Buffer.from(JSON.stringify(changing));
}

/** The whole document again. */
export function joinDocument(changing: string, given: string | null): unknown {
  const document: unknown = JSON.parse(changing);
  return given === null ? document : { given: JSON.parse(given), ...(document as Parts) };
}

/** Whether `given` is what it was; a rule that changes it would write what a later load does not see. */
export const sameGiven = (before: unknown, after: unknown): boolean =>
  before === after || JSON.stringify(before) === JSON.stringify(after);
