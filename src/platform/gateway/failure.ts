/** One thing that is wrong with a request. All of them come back at once. */
export interface Failure {
  /** Stable kebab-case code, e.g. `unknown-customer`. */
  readonly code: string;
  /** JSON pointer (RFC 6901) to the member that is wrong; for a missing one, where it should stand. */
  readonly path: string;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
  /** Where `path` starts; absent: in the body. */
  readonly in?: 'path' | 'query' | 'header';
}

/**
 * What a problem means for the caller; the gateway's one table gives each its status.
 * `absent`: there is no such thing for this caller. `conflict`: it is there, and its state does not allow this.
 */
export type ProblemKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'absent'
  | 'wrong-method'
  | 'too-slow'
  | 'conflict'
  | 'too-large'
  | 'wrong-type'
  | 'invalid'
  | 'too-many'
  | 'headers-too-large'
  | 'defect'
  | 'unavailable';

/** A problem that an API may answer with: its code is the name under which it is declared. */
export interface ProblemType {
  readonly kind: ProblemKind;
  /** The same for every occurrence. */
  readonly title: string;
}

/** Escapes a member's name for a JSON pointer. */
export const pointerPart = (name: string | number): string =>
  typeof name === 'number' ? String(name) : name.replaceAll('~', '~0').replaceAll('/', '~1');
