import { refuse } from './problem.ts';

const longestWaitSeconds = 30;

type HeaderValue = string | readonly string[] | undefined;

/**
 * The wish to wait in `Prefer` (RFC 7240), in whole seconds, at most 30. 0 when there is none; a preference that cannot be
 * understood is, by that standard, passed over.
 */
export function preferredWait(header: HeaderValue): number {
  if (header === undefined) return 0;
  const found = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(String(header));
  return found === null ? 0 : Math.min(Number(found[1]), longestWaitSeconds);
}

const keyForm = /^[\x21-\x7e]{1,100}$/;

/** The caller's name for one write. Throws a refusal when it is missing or cannot be used. */
export function idempotencyKey(header: HeaderValue): string {
  const field = { path: '/idempotency-key', in: 'header' } as const;
  if (header === undefined || header === '') {
    const message = 'Send an Idempotency-Key: a value of your own that names this write and nothing else, e.g. a UUID.';
    throw refuse('idempotency-key-missing', message, { errors: [{ ...field, code: 'required', message }] });
  }
  if (typeof header !== 'string' || !keyForm.test(header)) {
    const message = 'Write the Idempotency-Key as 1 to 100 printable ASCII characters without blanks.';
    throw refuse('idempotency-key-malformed', message, { errors: [{ ...field, code: 'wrong-format', message }] });
  }
  return header;
}

/** The key in `Authorization: Bearer` or `X-API-Key`; undefined when there is none. */
export function presentedKey(authorization: HeaderValue, apiKey: HeaderValue): string | undefined {
  if (typeof authorization === 'string') return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  return typeof apiKey === 'string' && apiKey !== '' ? apiKey : undefined;
}

/** Refuses a body that is not plain JSON in UTF-8. */
export function refuseOtherMedia(contentType: HeaderValue, contentEncoding: HeaderValue): void {
  if (contentEncoding !== undefined && contentEncoding !== 'identity') {
    throw refuse('unsupported-media-type', 'Send the body without Content-Encoding: compressed bodies are not taken.');
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(String(contentType))?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw refuse('unsupported-media-type', 'Send the body in UTF-8: "Content-Type: application/json".');
  }
}
