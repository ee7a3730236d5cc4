/** A value as Tryton's JSON has it. */
export type Wire = string | number | boolean | null | readonly Wire[] | { readonly [name: string]: Wire };
export type WireRecord = Readonly<Record<string, Wire>>;

/** Reads a Tryton, and only that. It shares nothing with the connector: what the one misreads the other must not. */
export interface TrytonReader {
  /** Every record that the domain finds, archived ones too, by id. */
  all(model: string, fields: readonly string[], where?: readonly Wire[]): Promise<readonly WireRecord[]>;
}

interface Reply {
  readonly result?: Wire;
  readonly error?: unknown;
}

/** Logs in and answers a reader. Every call throws an `Error` with what Tryton said. */
export async function openTryton(access: {
  readonly url: string;
  readonly database: string;
  readonly username: string;
  readonly password: string;
}): Promise<TrytonReader> {
  const { username, password } = access;
  const address = new URL(`${access.database}/`, access.url);
  let asked = 0;

  async function call(method: string, params: readonly Wire[], authorization?: string): Promise<Wire> {
    asked += 1;
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify({ id: asked, method, params }),
      signal: AbortSignal.timeout(120_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method}: ${response.status} ${text.slice(0, 300)}`);
    const { result, error } = JSON.parse(text) as Reply;
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error).slice(0, 600)}`);
    return result ?? null;
  }

  const [user, key] = (await call('common.db.login', [username, { password }])) as [number, string];
  const authorization = `Session ${Buffer.from(`${username}:${user}:${key}`).toString('base64')}`;
  const own = (await call('model.res.user.get_preferences', [true, {}], authorization)) as WireRecord;
  const context = { ...own, active_test: false };

  return {
    all: async (model, fields, where = []) => {
      const order = [['id', 'ASC']];
      return (await call(
        `model.${model}.search_read`,
        [where, 0, null, order, [...fields], context],
        authorization,
      )) as readonly WireRecord[];
    },
  };
}
