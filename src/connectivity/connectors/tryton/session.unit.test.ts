import { describe, expect, test } from 'vitest';
import type { JsonRpc, JsonRpcReply } from '#connectivity/protocols/json-rpc';
import { createSession } from './session.ts';

/** A Tryton that knows one password and counts who comes in. */
function door(password: string) {
  let logins = 0;
  const rpc: JsonRpc = {
    call: async ({ method, params, headers }): Promise<JsonRpcReply> => {
      await new Promise((resolve) => setImmediate(resolve));
      if (method === 'common.db.login') {
        const [, given] = params as [string, { password: string }];
        if (given.password !== password) return { outcome: 'unauthorised' };
        logins += 1;
        return { outcome: 'result', result: [7, `key${logins}`] };
      }
      expect(headers?.authorization).toMatch(/^Session /);
      return { outcome: 'result', result: { company: 1, language: 'fr' } };
    },
  };
  return { rpc, logins: () => logins };
}

describe('a session', () => {
  test('is made at the first use, once, and speaks English in the company of its user', async () => {
    const { rpc, logins } = door('right');
    const session = createSession({ rpc, username: 'integration', password: 'right' });
    const [login] = await Promise.all([session.current(), session.current(), session.current()]);
    expect(logins()).toBe(1);
    expect(login.context).toEqual({ company: 1, language: 'en' });
    expect(atob(login.authorization.slice('Session '.length))).toBe('integration:7:key1');
  });

  test('that died is renewed once, however many find it dead', async () => {
    const { rpc, logins } = door('right');
    const session = createSession({ rpc, username: 'integration', password: 'right' });
    const stale = await session.current();
    const renewed = await Promise.all(Array.from({ length: 500 }, () => session.renew(stale)));
    expect(logins()).toBe(2);
    expect(new Set(renewed).size).toBe(1);
    expect(await session.renew(stale)).toBe(renewed[0]);
    expect(logins()).toBe(2);
  });

  test('with a wrong password is refused for now, and nobody storms the door', async () => {
    const { rpc } = door('right');
    let calls = 0;
    const counting: JsonRpc = {
      call: (request) => {
        calls += 1;
        return rpc.call(request);
      },
    };
    const session = createSession({ rpc: counting, username: 'integration', password: 'wrong' });
    for (let time = 0; time < 5; time += 1) {
      await expect(session.current()).rejects.toMatchObject({ kind: 'transient', code: 'credentials-refused' });
    }
    expect(calls).toBe(1);
  });
});
