import type { ProblemKind, ProblemType } from '../failure.ts';

interface Meaning {
  readonly status: number;
  /** Sending the very same request again, with the same Idempotency-Key, may succeed. */
  readonly retryable: boolean;
}

/** The one place where a problem's kind becomes a status. */
export const meanings: Readonly<Record<ProblemKind, Meaning>> = {
  malformed: { status: 400, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  absent: { status: 404, retryable: false },
  'wrong-method': { status: 405, retryable: false },
  'too-slow': { status: 408, retryable: true },
  conflict: { status: 409, retryable: false },
  'too-large': { status: 413, retryable: false },
  'wrong-type': { status: 415, retryable: false },
  invalid: { status: 422, retryable: false },
  'too-many': { status: 429, retryable: true },
  'headers-too-large': { status: 431, retryable: false },
  defect: { status: 500, retryable: true },
  unavailable: { status: 503, retryable: true },
};

/** The gateway's own problems, the same for every API. */
export const gatewayProblems = {
  'malformed-request': { kind: 'malformed', title: 'This is not a well-formed HTTP request' },
  'malformed-json': { kind: 'malformed', title: 'The body is not well-formed JSON' },
  'forbidden-content': { kind: 'malformed', title: 'The body contains what no request may contain' },
  'idempotency-key-missing': { kind: 'malformed', title: 'A write needs an Idempotency-Key' },
  'idempotency-key-malformed': { kind: 'malformed', title: 'The Idempotency-Key cannot be used' },
  'idempotency-key-reused': { kind: 'invalid', title: 'The Idempotency-Key was used for another request' },
  'credentials-missing': { kind: 'unauthenticated', title: 'An API key is needed, or a session' },
  'credentials-refused': { kind: 'unauthenticated', title: 'The API key is not valid' },
  'session-ended': { kind: 'unauthenticated', title: 'Nobody is signed in here any more' },
  'cross-origin-refused': { kind: 'forbidden', title: 'The request came from another site' },
  'scope-missing': { kind: 'forbidden', title: 'The caller may not do this' },
  'not-found': { kind: 'absent', title: 'There is nothing here' },
  'method-not-allowed': { kind: 'wrong-method', title: 'This address does not take this method' },
  'request-timeout': { kind: 'too-slow', title: 'The request took too long to arrive' },
  'body-too-large': { kind: 'too-large', title: 'The body is too large' },
  'unsupported-media-type': { kind: 'wrong-type', title: 'The body must be JSON in UTF-8, not compressed' },
  'invalid-request': { kind: 'invalid', title: 'The request is well-formed but not acceptable' },
  'too-many-streams': { kind: 'too-many', title: 'Too many streams are open' },
  'rate-limited': { kind: 'too-many', title: 'Too many requests' },
  'headers-too-large': { kind: 'headers-too-large', title: 'The header fields are too large' },
  'internal-error': { kind: 'defect', title: 'Something went wrong on our side' },
  unavailable: { kind: 'unavailable', title: 'Not available at the moment' },
} as const satisfies Readonly<Record<string, ProblemType>>;
export type GatewayProblem = keyof typeof gatewayProblems;
