import { type Static, Type } from 'typebox';
import type { JsonRpc, JsonRpcReply } from '#connectivity/protocols/json-rpc';
import { Fault } from '#model/kernel';
import { Id, nullable, reader } from './wire.ts';

/** A user who is logged in. */
export interface Login {
  readonly userId: number;
  /** Value of the `Authorization` header. */
  readonly authorization: string;
  /** The context that goes with every call: company, and English so that sentences can be recognised. */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface Session {
  readonly username: string;
  /** The login, made at the first use; whoever asks meanwhile waits for the same one. */
  current(): Promise<Login>;
  /** `stale` is no longer accepted: logs in again, once for all who ask (nobody storms the door). */
  renew(stale: Login): Promise<Login>;
}

const readLogin = reader(Type.Tuple([Id, Type.String()]));
const preferences = Type.Object({ company: Type.Optional(nullable(Id)) });
const readPreferences = reader(preferences);

/** Wrong credentials are rotated, not lost: calls wait for the right ones instead of failing for good. */
const refusedFor = 15_000;
const refused = (username: string) =>
  new Fault('transient', {
    code: 'credentials-refused',
    message: `Tryton does not accept the credentials of ${username}; correct the setting.`,
    retryAfterMs: refusedFor,
  });

function resultOf(reply: JsonRpcReply, username: string): unknown {
  if (reply.outcome === 'result') return reply.result;
  if (reply.outcome === 'unauthorised') throw refused(username);
  const said = JSON.stringify(reply.error).slice(0, 200);
  throw new Fault('permanent', { code: 'login-failed', message: `Tryton does not log ${username} in.`, said });
}

export function createSession(
  needs: { readonly rpc: JsonRpc; readonly username: string; readonly password: string },
  options: { readonly timeoutMs?: number } = {},
): Session {
  const { rpc, username, password } = needs;
  const timeout = options.timeoutMs ?? 20_000;
  let login: Promise<Login> | undefined;
  let refusedUntil = 0;

  /** A login belongs to everybody, so it has its own time limit and ends with nobody's call. */
  async function logIn(): Promise<Login> {
    const signal = AbortSignal.timeout(timeout);
    const params = [username, { password }];
    const reply = await rpc.call({ method: 'common.db.login', params, writes: false, signal });
    const [userId, key] = readLogin(resultOf(reply, username), 'common.db.login');
    const authorization = `Session ${Buffer.from(`${username}:${userId}:${key}`).toString('base64')}`;
    const asked = await rpc.call({
      method: 'model.res.user.get_preferences',
      params: [true, {}],
      writes: false,
      headers: { authorization },
      signal,
    });
    const own: Static<typeof preferences> = readPreferences(resultOf(asked, username), 'get_preferences');
    return { userId, authorization, context: { ...own, language: 'en' } };
  }

  function begin(): Promise<Login> {
    if (performance.now() < refusedUntil) return Promise.reject(refused(username));
    const attempt = logIn();
    login = attempt;
    attempt.catch((thrown: unknown) => {
      if (login === attempt) login = undefined;
      if (thrown instanceof Fault && thrown.code === 'credentials-refused') refusedUntil = performance.now() + 1_000;
    });
    return attempt;
  }

  return {
    username,
    current: () => login ?? begin(),
    async renew(stale) {
      const known = login;
      const now = await (known ?? begin());
      if (now !== stale) return now;
      return login === known ? begin() : (login ?? begin());
    },
  };
}
