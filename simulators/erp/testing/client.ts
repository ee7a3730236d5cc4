/** What a call said: exactly one of the two. */
export interface Said {
  readonly result?: unknown;
  readonly error?: readonly [string, unknown];
}

export type Row = Readonly<Record<string, unknown>> & { readonly id: number };

/** Somebody who is logged in, and nothing more: no retry, no reading back. */
export interface Client {
  readonly user: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, unknown>>;
  say(method: string, ...params: readonly unknown[]): Promise<Said>;
  sayWith(context: object, method: string, ...params: readonly unknown[]): Promise<Said>;
  /** The result of a call that must succeed. */
  call<Result = unknown>(method: string, ...params: readonly unknown[]): Promise<Result>;
  read(model: string, id: number, ...fields: readonly string[]): Promise<Row>;
  find(model: string, domain: readonly unknown[], ...fields: readonly string[]): Promise<readonly Row[]>;
}

export const decimalOf = (text: string) => ({ __class__: 'Decimal', decimal: text });

export function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } });
}

export async function logIn(url: string, name: string, password: string): Promise<Client> {
  const path = `${url}erp/`;
  const send = async (method: string, params: readonly unknown[], headers = {}): Promise<Said> =>
    (await (await post(path, { id: 7, method, params }, headers)).json()) as Said;
  const login = await send('common.db.login', [name, { password }]);
  const [user, session] = login.result as [number, string];
  const headers = { authorization: `Session ${btoa(`${name}:${user}:${session}`)}` };
  const preferences = await send('model.res.user.get_preferences', [true, {}], headers);
  const context = preferences.result as Record<string, unknown>;
  const client: Client = {
    user,
    headers,
    context,
    say: (method, ...params) => send(method, [...params, context], headers),
    sayWith: (more, method, ...params) => send(method, [...params, { ...context, ...more }], headers),
    async call<Result>(method: string, ...params: readonly unknown[]) {
      const said = await client.say(method, ...params);
      if (said.error !== undefined) throw new Error(`${method}: ${JSON.stringify(said.error)}`);
      return said.result as Result;
    },
    read: async (model, id, ...fields) => {
      const [row] = await client.call<Row[]>(`model.${model}.read`, [id], fields);
      if (row === undefined) throw new Error(`no ${model} ${id}`);
      return row;
    },
    find: (model, domain, ...fields) => client.call(`model.${model}.search_read`, domain, 0, null, null, fields),
  };
  return client;
}
