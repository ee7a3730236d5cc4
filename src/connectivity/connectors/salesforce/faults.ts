import { Fault, type FaultKind } from '#model/kernel';
import type { ApiError } from './wire.ts';

/** Whether a request changes anything over there: decides what a lost answer means. */
export type Intent = 'read' | 'write';

/** Thrown inside this connector when the token is no longer good; the session renews it once. Nothing was done. */
export const sessionExpired = 'invalid-session-id';

interface Meaning {
  readonly kind: FaultKind;
  readonly advice: string;
}

const again: Meaning = { kind: 'transient', advice: 'Nothing was done; it is sent again.' };
const gone: Meaning = { kind: 'permanent', advice: 'The record is not there any more; look it up in the CRM.' };
const ours: Meaning = {
  kind: 'permanent',
  advice: 'The request does not fit this organisation; compare the connector’s settings with its fields.',
};
const rights: Meaning = { kind: 'permanent', advice: 'The integration user may not do this; give it the permission.' };
const rule: Meaning = {
  kind: 'business',
  advice: 'A rule of the CRM refuses it; change the record there or the rule.',
};

const meanings: Readonly<Record<string, Meaning>> = {
  INVALID_SESSION_ID: again,
  REQUEST_LIMIT_EXCEEDED: again,
  TOO_MANY_REQUESTS: again,
  SERVER_UNAVAILABLE: again,
  UNABLE_TO_LOCK_ROW: again,
  QUERY_TIMEOUT: again,
  ENTITY_IS_DELETED: gone,
  NOT_FOUND: gone,
  INVALID_CROSS_REFERENCE_KEY: gone,
  MALFORMED_ID: gone,
  MALFORMED_QUERY: ours,
  INVALID_FIELD: ours,
  INVALID_TYPE: ours,
  INVALID_FIELD_FOR_INSERT_UPDATE: ours,
  JSON_PARSER_ERROR: ours,
  METHOD_NOT_ALLOWED: ours,
  INSUFFICIENT_ACCESS: rights,
  INSUFFICIENT_ACCESS_OR_READONLY: rights,
  API_DISABLED_FOR_ORG: rights,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: rule,
  FIELD_INTEGRITY_EXCEPTION: rule,
  REQUIRED_FIELD_MISSING: rule,
  STRING_TOO_LONG: rule,
  NUMBER_OUTSIDE_VALID_RANGE: rule,
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: rule,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: rule,
};

/** A failure of theirs that we have no word for: whether it was done is only clear when it was refused. */
function unknownMeaning(status: number, intent: Intent): Meaning {
  if (status >= 400 && status < 500) return ours;
  return doubt(intent);
}

const doubt = (intent: Intent): Meaning =>
  intent === 'read'
    ? again
    : { kind: 'ambiguous', advice: 'It may have been done; the CRM is asked before it is sent again.' };

/** `Retry-After` in seconds or as a date; undefined when there is none that can be understood. */
export function retryAfterMs(header: string | undefined, now: string): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - Date.parse(now));
}

/** The organisation's allowance comes back slowly; asking sooner only spends more of it. */
const allowancePauseMs = 60_000;

const kebab = (code: string): string =>
  code
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** What a refused request means. `first` is the first of the errors that it answered. */
export function refusalFault(
  status: number,
  first: ApiError | undefined,
  intent: Intent,
  retryAfter: number | undefined,
): Fault {
  const code = status === 429 ? 'TOO_MANY_REQUESTS' : (first?.errorCode ?? `HTTP_${status}`);
  const meaning = (Object.hasOwn(meanings, code) ? meanings[code] : undefined) ?? unknownMeaning(status, intent);
  const pause = retryAfter ?? (code === 'REQUEST_LIMIT_EXCEEDED' ? allowancePauseMs : undefined);
  const said = first === undefined ? undefined : `${first.errorCode}: ${first.message}`.slice(0, 500);
  return new Fault(meaning.kind, {
    code: kebab(code),
    message: `Salesforce refused the request (${code}). ${meaning.advice}`,
    ...(pause === undefined ? {} : { retryAfterMs: pause }),
    ...(said === undefined ? {} : { said }),
  });
}

/** Failures before the first byte of the request could leave. */
const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

const codeOf = (thrown: unknown): string | undefined =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : undefined;

/** What a connection that failed means: a write whose answer was lost is in doubt unless nothing was sent. */
export function connectionFault(thrown: unknown, intent: Intent): Fault {
  const code = codeOf(thrown);
  const meaning = code !== undefined && unsent.has(code) ? again : doubt(intent);
  const said = thrown instanceof Error ? `${code ?? thrown.name}: ${thrown.message}`.slice(0, 500) : undefined;
  return new Fault(
    meaning.kind,
    {
      code: 'connection-failed',
      message: `Salesforce could not be reached or did not answer. ${meaning.advice}`,
      ...(said === undefined ? {} : { said }),
    },
    thrown,
  );
}

/** An answer that is not what its status promises: a page of HTML, half a document, other members. */
export function unreadableAnswer(intent: Intent, why: string): Fault {
  const meaning = doubt(intent);
  const message = `Salesforce's answer cannot be read: ${why}. ${meaning.advice}`;
  return new Fault(meaning.kind, { code: 'unreadable-answer', message });
}
