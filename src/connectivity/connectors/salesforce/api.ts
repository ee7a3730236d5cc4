import { Compile } from 'typebox/compile';
import type { Dispatcher } from 'undici';
import { type Call, type Clock, Fault } from '#model/kernel';
import { type Intent, refusalFault, retryAfterMs, unreadableAnswer } from './faults.ts';
import type { Session } from './session.ts';
import { createTransport } from './transport.ts';
import { type ApiError, QueryPage } from './wire.ts';

/** Of a verb's call, what its requests carry. */
type OneCall = Pick<Call, 'signal' | 'traceparent'>;

/** The requests that this connector makes. Every failure is a `Fault`; nothing is tried again but for a dead token. */
export interface Api {
  /** Every record that the statement finds, over all pages. Lists inside a record are completed too. */
  query(statement: string, signal: AbortSignal): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Some fields of one record. */
  read(
    object: string,
    id: string,
    fields: readonly string[],
    call: OneCall,
  ): Promise<Readonly<Record<string, unknown>>>;
  update(object: string, id: string, fields: Readonly<Record<string, unknown>>, call: OneCall): Promise<void>;
}

export interface ApiNeeds {
  readonly session: Session;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

interface Request {
  readonly method: 'GET' | 'PATCH';
  /** From `/services`, or from the version's root. */
  readonly path: string;
  readonly body?: unknown;
}

const page = Compile(QueryPage);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** jsforce puts the first error of the list (or the list) into `data`. */
function firstError(thrown: unknown): ApiError | undefined {
  const data: unknown = isRecord(thrown) || thrown instanceof Error ? (thrown as { data?: unknown }).data : undefined;
  const first: unknown = Array.isArray(data) ? data[0] : data;
  if (!isRecord(first) || typeof first.errorCode !== 'string') return undefined;
  return { errorCode: first.errorCode, message: String(first.message ?? '') };
}

const queryPath = (statement: string): string => `/query?q=${encodeURIComponent(statement)}`;

/** A list inside a record that goes on elsewhere. */
const isList = (value: unknown): value is QueryPage => page.Check(value);

/** Makes the API of one instance. */
export function createApi({ session, dispatcher, clock, timeoutMs }: ApiNeeds): Api {
  const ask = (request: Request, intent: Intent, call: OneCall): Promise<unknown> => {
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(timeoutMs)]);
    return session.use(signal, async (organisation) => {
      const transport = createTransport({ dispatcher, intent, signal, traceparent: call.traceparent });
      const { method, path, body } = request;
      const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      try {
        return await organisation.request({ method, url: path, ...(body === undefined ? {} : json) }, { transport });
      } catch (thrown) {
        if (thrown instanceof Fault) throw thrown;
        const last = transport.last();
        if (last === undefined || last.status < 400) throw unreadableAnswer(intent, String(thrown).slice(0, 200));
        throw refusalFault(
          last.status,
          firstError(thrown),
          intent,
          retryAfterMs(last.headers['retry-after'], clock.now()),
        );
      }
    });
  };

  const checked = (answer: unknown): QueryPage => {
    if (page.Check(answer)) return answer;
    if (!isRecord(answer)) throw unreadableAnswer('read', 'it is not a page of records but text');
    const wrong = page.Errors(answer).map(({ instancePath, message }) => `${instancePath} ${message}`);
    throw unreadableAnswer('read', `it is not a page of records: ${wrong.slice(0, 3).join('; ')}`);
  };

  const following = async (first: QueryPage, signal: AbortSignal) => {
    const records = [...first.records];
    let current = first;
    while (!current.done) {
      if (current.nextRecordsUrl === undefined)
        throw unreadableAnswer('read', 'a page is not the last and names no next');
      current = checked(await ask({ method: 'GET', path: current.nextRecordsUrl }, 'read', { signal }));
      records.push(...current.records);
    }
    return records;
  };

  const completed = async (record: Readonly<Record<string, unknown>>, signal: AbortSignal) => {
    const whole: Record<string, unknown> = { ...record };
    for (const [name, value] of Object.entries(record)) {
      if (isList(value) && !value.done) whole[name] = { ...value, done: true, records: await following(value, signal) };
    }
    return whole;
  };

  return {
    query: async (statement, signal) => {
      const first = checked(await ask({ method: 'GET', path: queryPath(statement) }, 'read', { signal }));
      const records: Readonly<Record<string, unknown>>[] = [];
      for (const record of await following(first, signal)) records.push(await completed(record, signal));
      return records;
    },
    read: async (object, id, fields, call) => {
      const path = `/sobjects/${object}/${id}?fields=${fields.join(',')}`;
      const answer = await ask({ method: 'GET', path }, 'read', call);
      if (isRecord(answer)) return answer;
      throw unreadableAnswer('read', 'it is not a record but text');
    },
    update: async (object, id, fields, call) => {
      const answer = await ask({ method: 'PATCH', path: `/sobjects/${object}/${id}`, body: fields }, 'write', call);
      // Done is told by an empty answer (204); anything else says that somebody else answered, or only half of it came.
      if (answer !== undefined && answer !== '') throw unreadableAnswer('write', 'an update answers with nothing');
    },
  };
}
