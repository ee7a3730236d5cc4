import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from './problem.ts';

const hostOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).host : undefined);

const isHttps = (address: string | undefined): boolean => address?.startsWith('https://') === true;

/** Did a page of ours send it? The browser says so itself, where it may (`Sec-Fetch-Site`), else by the origin that it names. */
function isOurs(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const from = headers.origin === undefined ? undefined : hostOf(headers.origin);
  if (from === undefined) return false;
  return from === headers.host?.toLowerCase() || (publicUrl !== undefined && from === hostOf(publicUrl));
}

/**
 * Refuses a write that a page of another site made the browser send: the browser adds our cookie to that one too. Who has a key
 * names it on purpose, and is not asked.
 */
export function refuseOtherOrigins(headers: IncomingHttpHeaders, publicUrl?: string): void {
  if (isOurs(headers, publicUrl)) return;
  const detail =
    'A write of somebody who has signed in must come from the console itself: send Origin, or use an API key.';
  throw refuse('cross-origin-refused', detail);
}

/** Did the browser come by https, to us or to a proxy before us? Believed of anyone: it can only make a cookie stricter. */
export const isByHttps = (headers: IncomingHttpHeaders, isEncrypted: boolean, publicUrl?: string): boolean =>
  isEncrypted || isHttps(publicUrl) || isHttps(headers.origin) || headers['x-forwarded-proto'] === 'https';
