import { type HttpAnswer, type HttpClient, statusFault } from '#connectivity/protocols/http';
import { Fault } from '#model/kernel';

export interface JsonRpcRequest {
  readonly method: string;
  readonly params: readonly unknown[];
  /** It may change something over there. */
  readonly writes: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** W3C `traceparent` of the effect that it belongs to. */
  readonly traceparent?: string | undefined;
}

/** What came back: a result, an error in the other side's own words, or "who are you?" (HTTP 401, nothing was done). */
export type JsonRpcReply =
  | { readonly outcome: 'result'; readonly result: unknown }
  | { readonly outcome: 'error'; readonly error: unknown }
  | { readonly outcome: 'unauthorised' };

/** JSON-RPC 1.0 over HTTP POST: `{id, method, params}` in, `{id, result}` or `{id, error}` out. */
export interface JsonRpc {
  /** Throws `Fault` for everything that is not an answer to this request, see `HttpClient.send` and `statusFault`. */
  call(request: JsonRpcRequest): Promise<JsonRpcReply>;
}

/** An answer that is not one (HTML from a proxy, cut JSON, someone else's id) says nothing about what was done. */
function unreadable(answer: HttpAnswer, request: JsonRpcRequest, why: string): Fault {
  return new Fault(request.writes ? 'ambiguous' : 'transient', {
    code: 'answer-unreadable',
    message: `The answer to ${request.method} ${why}.`,
    said: answer.body.slice(0, 500),
  });
}

function parse(answer: HttpAnswer, request: JsonRpcRequest): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    throw unreadable(answer, request, 'is not JSON');
  }
}

function replyIn(answer: HttpAnswer, request: JsonRpcRequest, id: number): JsonRpcReply {
  const body = parse(answer, request);
  if (typeof body !== 'object' || body === null || !('id' in body) || body.id !== id) {
    throw unreadable(answer, request, 'is not an answer to it');
  }
  if ('error' in body && body.error !== null && body.error !== undefined)
    return { outcome: 'error', error: body.error };
  if ('result' in body) return { outcome: 'result', result: body.result };
  throw unreadable(answer, request, 'has neither result nor error');
}

/** `path` is where calls are posted, e.g. `/database/`. */
export function createJsonRpc(http: HttpClient, path: string): JsonRpc {
  let calls = 0;
  return {
    async call(request) {
      calls += 1;
      const id = calls;
      const answer = await http.send({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', ...request.headers },
        body: JSON.stringify({ id, method: request.method, params: request.params }),
        writes: request.writes,
        signal: request.signal,
        traceparent: request.traceparent,
      });
      if (answer.status === 401) return { outcome: 'unauthorised' };
      const fault = statusFault(answer, { writes: request.writes, what: request.method });
      if (fault !== undefined) throw fault;
      return replyIn(answer, request, id);
    },
  };
}
