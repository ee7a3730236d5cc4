import { Fault, type FaultKind } from '#model/kernel';
import type { HttpAnswer } from './http-client.ts';
import { retryAfterMs } from './retry-after.ts';

/** What a status says of a request that was not answered with 2xx. 5xx may come after the deed; 429 and 503 come instead of it. */
const kindOf = (status: number, writes: boolean): FaultKind => {
  if (status === 429 || status === 503) return 'transient';
  if (status === 408 || status === 425) return writes ? 'ambiguous' : 'transient';
  if (status >= 500) return writes ? 'ambiguous' : 'transient';
  return 'permanent';
};

const codes: Readonly<Record<number, string>> = {
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** The fault for an answer whose status is not 2xx; undefined for 2xx. Redirects are refused: an address is what configuration says. */
export function statusFault(
  answer: HttpAnswer,
  request: { readonly writes: boolean; readonly what: string },
): Fault | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  const wait = retryAfterMs(answer.header('retry-after'), Date.now());
  return new Fault(kindOf(status, request.writes), {
    code: codes[status] ?? `http-${status}`,
    message: `${request.what} was answered with HTTP status ${status}.`,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    said: answer.body.slice(0, 500),
  });
}
