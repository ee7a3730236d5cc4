type Parts = Readonly<Record<string, unknown>>;

const isParts = (document: unknown): document is Parts =>
  typeof document === 'object' && document !== null && !Array.isArray(document);

const hasGiven = (document: unknown): document is Parts & { readonly given: unknown } =>
  isParts(document) && 'given' in document;

/** The member of the document that never changes after `begin`; undefined when there is none. */
export const givenOf = (document: unknown): unknown => (hasGiven(document) ? document.given : undefined);

interface Member {
  readonly name: string;
  readonly value: unknown;
  /** `"name":…` */
  readonly json: string;
}

/** The part of a document that changes, as it was written. */
export interface StoredDocument {
  /** JSON in UTF-8. */
  readonly bytes: Buffer;
  /** What it was made from, in the order of the text; empty when it was read back, or is no object. */
  readonly members: readonly Member[];
}

export const readBack = (changing: string): StoredDocument => ({ bytes: Buffer.from(changing), members: [] });

/**
 * What an advance writes of a document. A member that is still the same value is not put into JSON again, and stands behind those
 * that changed: PostgreSQL's log of an update leaves out the end that the old row and the new one have in common.
 */
export function changingPart(document: unknown, before: StoredDocument): StoredDocument {
  if (!isParts(document)) return readBack(JSON.stringify(document ?? null));
  const kept = before.members.filter(({ name, value }) => document[name] === value);
  const keptNames = new Set(kept.map(({ name }) => name));
  const changed: Member[] = [];
  for (const [name, value] of Object.entries(document)) {
    if (name === 'given' || keptNames.has(name)) continue;
    const json: string | undefined = JSON.stringify(value);
    if (json !== undefined) changed.push({ name, value, json: `${JSON.stringify(name)}:${json}` });
  }
  const members = [...changed, ...kept];
  return { bytes: Buffer.from(`{${members.map(({ json }) => json).join(',')}}`), members };
}

/** The whole document again. */
export function joinDocument(changing: string, given: string | null): unknown {
  const document: unknown = JSON.parse(changing);
  return given === null ? document : { given: JSON.parse(given), ...(document as Parts) };
}

/** Whether `given` is what it was; a rule that changes it would write what a later load does not see. */
export const sameGiven = (before: unknown, after: unknown): boolean =>
  before === after || JSON.stringify(before) === JSON.stringify(after);
