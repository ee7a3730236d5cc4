import { createHttpClient } from '#connectivity/protocols/http';
import { createJsonRpc } from '#connectivity/protocols/json-rpc';
import { createSession } from '../session.ts';
import type { ContractTarget } from './target.ts';

type User = 'integration' | 'credit' | 'wms';
export type Row = Readonly<Record<string, unknown>>;

/** What came back, as it came. */
export type Said = { readonly result: unknown } | { readonly error: readonly [string, unknown] };

/** The bare wire: no translation, no retry, no reading back. */
export interface Raw {
  /** What the call said. */
  say(method: string, ...params: readonly unknown[]): Promise<Said>;
  sayAs(user: User, method: string, ...params: readonly unknown[]): Promise<Said>;
  sayWith(context: object, method: string, ...params: readonly unknown[]): Promise<Said>;
  /** The result of a call that must succeed. */
  call<Result = unknown>(method: string, ...params: readonly unknown[]): Promise<Result>;
  rows(model: string, domain: readonly unknown[], fields: readonly string[]): Promise<readonly Row[]>;
  read(model: string, id: number, fields: readonly string[]): Promise<Row>;
  userId(user: User): Promise<number>;
  close(): Promise<void>;
}

export function openRaw({ url, database, password }: ContractTarget): Raw {
  const http = createHttpClient(url.replace(/\/$/, ''));
  const rpc = createJsonRpc(http, `/${database}/`);
  const session = (username: User) => createSession({ rpc, username, password });
  const sessions = { integration: session('integration'), credit: session('credit'), wms: session('wms') };

  async function send(user: User, context: object, method: string, params: readonly unknown[]): Promise<Said> {
    const login = await sessions[user].current();
    const reply = await rpc.call({
      method,
      params: [...params, { ...login.context, ...context }],
      headers: { authorization: login.authorization },
      writes: true,
      signal: AbortSignal.timeout(60_000),
    });
    if (reply.outcome === 'unauthorised') throw new Error(`${method}: the session is not known`);
    return reply.outcome === 'result' ? { result: reply.result } : { error: reply.error as readonly [string, unknown] };
  }

  const raw: Raw = {
    say: (method, ...params) => send('integration', {}, method, params),
    sayAs: (user, method, ...params) => send(user, {}, method, params),
    sayWith: (context, method, ...params) => send('integration', context, method, params),
    async call<Result>(method: string, ...params: readonly unknown[]) {
      const said = await send('integration', {}, method, params);
      if ('error' in said) throw new Error(`${method}: ${JSON.stringify(said.error).slice(0, 500)}`);
      return said.result as Result;
    },
    rows: (model, domain, fields) => raw.call(`model.${model}.search_read`, domain, 0, null, null, fields),
    async read(model, id, fields) {
      const [row] = await raw.call<readonly Row[]>(`model.${model}.read`, [id], fields);
      if (row === undefined) throw new Error(`no ${model} ${id}`);
      return row;
    },
    userId: async (user) => (await sessions[user].current()).userId,
    close: () => http.close(),
  };
  return raw;
}
