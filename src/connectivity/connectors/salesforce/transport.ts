import { PassThrough } from 'node:stream';
import type { HttpRequest, HttpResponse, StreamPromise } from 'jsforce';
import { type Dispatcher, request } from 'undici';
import { connectionFault, type Intent } from './faults.ts';

/** What jsforce asks of a transport. */
export interface Transport {
  httpRequest(request: HttpRequest): StreamPromise<HttpResponse>;
  getRequestStreamCreator(): never;
}

/** What is known of an answer before its body is understood. Header names are in lower case. */
export interface LastAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One call's transport: carries its signal, tries once, and remembers what came back. */
export interface CallTransport extends Transport {
  /** The last answer's status and headers; undefined before one came. */
  last(): LastAnswer | undefined;
}

export interface TransportNeeds {
  readonly dispatcher: Dispatcher;
  readonly intent: Intent;
  readonly signal: AbortSignal;
  /** W3C `traceparent` of the effect that it belongs to. */
  readonly traceparent?: string | undefined;
}

/** No answer that we ask for is larger; a larger one is not read to its end. */
const limitBytes = 32_000_000;

async function bodyOf(answer: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += (chunk as Buffer).length;
    if (size > limitBytes) throw new Error(`the answer is longer than ${limitBytes} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const flat = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/** jsforce reads answers as streams too; we never do. */
function ended(): PassThrough {
  const stream = new PassThrough();
  stream.end();
  return stream;
}

/**
 * The transport of one call. jsforce's own tries again by itself (five times, without looking at `Retry-After`), cannot be
 * aborted and hides the headers; what may be sent again is for the engine to decide.
 */
export function createTransport({ dispatcher, intent, signal, traceparent }: TransportNeeds): CallTransport {
  let last: LastAnswer | undefined;

  const send = async ({ url, method, headers, body }: HttpRequest): Promise<HttpResponse> => {
    try {
      const answer = await request(url, {
        dispatcher,
        method: method as Dispatcher.HttpMethod,
        signal,
        headers: traceparent === undefined ? (headers ?? {}) : { ...headers, traceparent },
        ...(typeof body === 'string' ? { body } : {}),
      });
      const flatHeaders = flat(answer.headers);
      last = { status: answer.statusCode, headers: flatHeaders };
      return { statusCode: answer.statusCode, headers: flatHeaders, body: await bodyOf(answer) };
    } catch (thrown) {
      throw connectionFault(thrown, intent);
    }
  };

  return {
    httpRequest: (asked) => Object.assign(send(asked), { stream: ended }),
    getRequestStreamCreator: () => {
      throw new Error('this transport does not stream');
    },
    last: () => last,
  };
}
