import { STATUS_CODES } from 'node:http';
import type { Refusal } from './refusals.ts';

/** An answer as it leaves. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType: 'application/json' | 'text/html; charset=utf-8';
  readonly body: string;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The bare page of the web server. A 401 without credentials has none. */
export const page = (status: number, message: string): Reply => ({
  status,
  contentType: 'text/html; charset=utf-8',
  body: `<!doctype html>\n<html lang=en>\n<title>${status} ${STATUS_CODES[status]}</title>\n<h1>${STATUS_CODES[status]}</h1>\n<p>${escaped(message)}</p>\n`,
});

const json = (body: unknown): Reply => ({ status: 200, contentType: 'application/json', body: JSON.stringify(body) });

/** Who sent exactly `id`, `method` and `params` is answered in kind; everybody else gets the bare result. */
export interface Envelope {
  readonly id: unknown;
  readonly whole: boolean;
}

export const resultReply = ({ id, whole }: Envelope, result: unknown): Reply => json(whole ? { id, result } : result);

function errorOf(refusal: Exclude<Refusal, { readonly kind: 'http' }>): readonly unknown[] {
  if (refusal.kind === 'UserError') return ['UserError', [refusal.message, '', null]];
  if (refusal.kind === 'UserWarning') return ['UserWarning', [refusal.name, refusal.message, '']];
  if (refusal.kind === 'LoginException') return ['LoginException', [refusal.name, refusal.message, refusal.name]];
  if (refusal.kind === 'ConcurrencyException') return ['ConcurrencyException', refusal.message];
  return [refusal.message, ''];
}

const statuses = {
  UserError: 400,
  UserWarning: 409,
  LoginException: 403,
  ConcurrencyException: 423,
  crash: 500,
} as const;

/** Refusals are told with status 200, except to who did not send a whole envelope, and what the web server itself refuses. */
export function refusalReply({ id, whole }: Envelope, refusal: Refusal): Reply {
  if (refusal.kind === 'http') return page(refusal.status, refusal.message);
  return whole ? json({ id, error: errorOf(refusal) }) : page(statuses[refusal.kind], refusal.message);
}
