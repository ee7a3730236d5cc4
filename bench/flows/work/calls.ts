import { createHttpClient } from '#connectivity/protocols/http';
import type { Answer } from './order-document.ts';

/** What travels with a call. */
export interface CallContext {
  readonly key: string;
  /** Aborts when the time for the call is over. */
  readonly signal: AbortSignal;
}

/** The outside system, as every contender calls it. */
export interface Calls {
  /** Puts the request into JSON, sends it under the key, and reads the answer. */
  call(name: string, context: CallContext, request: unknown, lines: number): Promise<Answer>;
  close(): Promise<void>;
}

/** Time for one call, as an effect has it when nothing else is said. */
const timeoutMs = 30_000;

/** The context of a call for those who have no engine to bound it. */
export const boundedCall = (key: string): CallContext => ({ key, signal: AbortSignal.timeout(timeoutMs) });

/** Calls by the client that the connectors use: connections are kept alive, one request at a time on each. */
export function createCalls(origin: string): Calls {
  const client = createHttpClient(origin);
  return {
    call: async (name, { key, signal }, request, lines) => {
      const answer = await client.send({
        method: 'POST',
        path: `/${name}?lines=${lines}`,
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(request),
        writes: true,
        signal,
      });
      if (answer.status !== 200) throw new Error(`${name}: status ${answer.status}`);
      return JSON.parse(answer.body) as Answer;
    },
    close: () => client.close(),
  };
}
