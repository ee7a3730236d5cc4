import type { MadeRequest } from './open-api.ts';

/** What came back, whatever it was. */
export interface HadAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly milliseconds: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  /** Where the text is JSON. */
  readonly json?: unknown;
}

/** Sends a request with one's session. Only where there is no answer at all something is thrown. */
export async function sendRequest({ method, path, headers, body }: MadeRequest): Promise<HadAnswer> {
  const begun = performance.now();
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const milliseconds = performance.now() - begun;
  const { status, statusText } = response;
  const answer = { status, statusText, milliseconds, headers: [...response.headers], text };
  if (!response.headers.get('content-type')?.includes('json')) return answer;
  return { ...answer, json: JSON.parse(text) as unknown };
}
