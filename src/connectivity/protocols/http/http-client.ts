import { Pool } from 'undici';
import { networkFault, notSent } from './network-fault.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, beginning with `/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** It may change something over there: when its answer is lost the outcome is unknown. */
  readonly writes: boolean;
  readonly signal: AbortSignal;
  /** W3C `traceparent` of the effect that it belongs to; sent as a header. */
  readonly traceparent?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** By name in any case; the first one where a name repeats. */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

export interface HttpOptions {
  /** Time to a connection, ms. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** Time to the first byte of an answer and between two of its bytes, ms. Default 60,000. */
  readonly timeoutMs?: number;
  /** Bytes that an answer may have. Default 20 MB. */
  readonly longestAnswer?: number;
}

/** A client for one origin. */
export interface HttpClient {
  /**
   * Answers whatever status came. Redirects are not followed. Throws `Fault`: `transient` when no byte was sent or nothing
   * can have changed, `ambiguous` when a write's answer was lost.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

const headerOf =
  (headers: Readonly<Record<string, string | string[] | undefined>>) =>
  (name: string): string | undefined => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  };

/** `origin` is scheme, host and port, e.g. `http://127.0.0.1:8000`. Connections are kept alive; how many there are is the lane's business. */
export function createHttpClient(origin: string, options: HttpOptions = {}): HttpClient {
  const timeout = options.timeoutMs ?? 60_000;
  const pool = new Pool(origin, {
    connectTimeout: options.connectTimeoutMs ?? 5_000,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: options.longestAnswer ?? 20 * 1024 * 1024,
  });
  return {
    async send({ method, path, headers, body, writes, signal, traceparent }) {
      if (signal.aborted) throw notSent(origin);
      try {
        const answer = await pool.request({
          method,
          path,
          signal,
          headers: traceparent === undefined ? (headers ?? {}) : { ...headers, traceparent },
          ...(body === undefined ? {} : { body }),
        });
        return { status: answer.statusCode, header: headerOf(answer.headers), body: await answer.body.text() };
      } catch (thrown) {
        throw networkFault(thrown, { writes, origin });
      }
    },
    close: () => pool.destroy(),
  };
}
