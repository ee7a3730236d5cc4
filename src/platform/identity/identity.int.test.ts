import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditOf } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Identity } from './create-identity.ts';
import { cookieOf, openIdentity, serveIdentity } from './testing/index.ts';

let own: TestDatabase;
let identity: Identity;
let other: Identity;
let web: Awaited<ReturnType<typeof serveIdentity>>;
const cookieName = 'crossdock_session';
const password = 'a short sentence is good';

beforeAll(async () => {
  own = await testDatabase();
  identity = openIdentity(own.database);
  other = openIdentity(own.database);
  web = await serveIdentity(own.database, identity);
  await identity.people.add({ userName: 'root', name: 'Root', role: 'keeper' }, 'cli:test');
});
afterAll(async () => {
  await web.close();
  await own.drop();
});

let count = 0;
/** Somebody new who has chosen the password; answers their name and a session. */
async function newcomer(role = 'reader', sites?: readonly string[]) {
  count += 1;
  const userName = `person${count}`;
  await identity.people.add(
    { userName, name: 'Somebody', role, ...(sites === undefined ? {} : { sites }) },
    'person:root',
  );
  const token = await linkOf(userName);
  const answer = await web.post('/session/link', { token, password });
  expect(answer.status).toBe(204);
  return { userName, cookie: cookieOf(answer, cookieName) ?? '', token };
}
async function linkOf(userName: string): Promise<string> {
  const link = await identity.people.link(userName, 'person:root');
  if ('refused' in link) throw new Error(link.because);
  return link.path.replace('/sign-in/link#', '');
}
const signIn = (userName: string, secret = password, headers: Readonly<Record<string, string>> = {}) =>
  web.post('/session', { userName, password: secret }, headers);
const actions = async (userName: string) =>
  (await auditOf(own.database.pool, `person:${userName}`)).map(({ action }) => action);

async function until(condition: () => Promise<boolean>, withinMs: number): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < withinMs) {
    if (await condition()) return performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not within ${withinMs} ms`);
}

describe('signing in', () => {
  test('by name and password begins a session that proves the person, with role and sites', async () => {
    const { userName } = await newcomer('reader', ['NORTH']);
    const answer = await signIn(userName);
    expect(answer.status).toBe(204);
    const set = answer.headers.getSetCookie().find((each) => each.startsWith(cookieName)) ?? '';
    expect(set).toMatch(/HttpOnly/i);
    expect(set).toMatch(/SameSite=Lax/i);
    const caller = await identity.door.prove(cookieOf(answer, cookieName) ?? '');
    expect(caller).toMatchObject({ by: `person:${userName}`, consumer: userName, sites: ['NORTH'] });
    expect([...(caller?.scopes ?? [])]).toEqual(['things:read']);
    const { rows } = await own.database.pool.query('select last_sign_in_at from person where user_name = $1', [
      userName,
    ]);
    expect(rows[0].last_sign_in_at).not.toBeNull();
    expect(await actions(userName)).toEqual(['add', 'make-sign-in-link', 'sign-in', 'sign-in']);
  });

  test('is refused in the same words for a wrong password, an unknown name, nobody’s name and a disabled person', async () => {
    const { userName } = await newcomer();
    const { userName: gone } = await newcomer();
    await identity.people.change(gone, { disabled: true }, 'person:root');
    const told = new Set<string>();
    for (const name of [
      userName,
      'nobody',
      gone,
      '__proto__',
      'constructor',
      'toString',
      "x' or '1'='1",
      "'; drop table person; --",
      'Root',
      '',
    ]) {
      const answer = await signIn(name, name === gone ? password : 'wrong, and long enough');
      expect(answer.status).toBe(401);
      expect(answer.headers.getSetCookie()).toEqual([]);
      const { code, detail } = (await answer.json()) as { code: string; detail: string };
      told.add(`${code} ${detail}`);
    }
    expect([...told]).toEqual(['sign-in-refused The user name or the password is wrong.']);
    expect(await identity.people.find('root')).toBeDefined();
    expect(await actions(userName)).toContain('sign-in-failed');
    // What somebody typed where a name belongs may be a password.
    const unknown = JSON.stringify(await auditOf(own.database.pool, 'sign-in:unknown'));
    expect(unknown).toContain('sign-in-failed');
    expect(unknown).not.toContain('drop table');
  });

  test('takes as long for a name that is nobody’s as for a wrong password', async () => {
    const slow = openIdentity(own.database, {}, { passwordCost: { n: 16_384, r: 8, p: 1 } });
    const { userName } = await newcomer();
    const served = await serveIdentity(own.database, slow);
    try {
      const link = await slow.people.link(userName, 'person:root');
      const token = 'path' in link ? link.path.replace('/sign-in/link#', '') : '';
      await served.post('/session/link', { token, password });
      const took = async (name: string): Promise<number> => {
        const times: number[] = [];
        for (let n = 0; n < 7; n += 1) {
          const from = performance.now();
          await served.post('/session', { userName: name, password: 'wrong, and long enough' });
          times.push(performance.now() - from);
        }
        return times.toSorted((a, b) => a - b)[3] ?? 0;
      };
      const known = await took(userName);
      const unknown = await took('nobody-at-all');
      expect(unknown).toBeGreaterThan(known * 0.6);
      expect(known).toBeGreaterThan(unknown * 0.6);
    } finally {
      await served.close();
    }
  });

  test('a password of ten thousand characters, and a body that is none, are refused before anything is hashed', async () => {
    for (const body of [
      { userName: 'root', password: 'x'.repeat(10_000) },
      { userName: 'root', password: 'x'.repeat(201) },
      { userName: 'root' },
      { userName: ['root'], password },
      { userName: 'root', password, role: 'keeper' },
      [],
      null,
      'root',
    ]) {
      expect((await web.post('/session', body)).status).toBe(422);
    }
  });

  test('a page of another site can neither sign anybody in nor out', async () => {
    const { userName, cookie } = await newcomer();
    const evil = { origin: 'https://evil.example' };
    expect((await signIn(userName, password, evil)).status).toBe(403);
    expect((await signIn(userName, password, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const headers = { ...evil, cookie: `${cookieName}=${cookie}` };
    expect((await web.post('/session', undefined, headers, 'DELETE')).status).toBe(403);
    expect(await identity.door.prove(cookie)).toBeDefined();
  });

  test('always begins a session of its own: one that was planted in the browser is worth nothing, and the old one ends', async () => {
    const { userName, cookie: before } = await newcomer();
    const planted = 'A'.repeat(43);
    const first = await signIn(userName, password, { cookie: `${cookieName}=${planted}` });
    expect(cookieOf(first, cookieName)).not.toBe(planted);
    expect(await identity.door.prove(planted)).toBeUndefined();
    const second = await signIn(userName, password, { cookie: `${cookieName}=${before}` });
    expect(await identity.door.prove(before)).toBeUndefined();
    expect(await identity.door.prove(cookieOf(second, cookieName) ?? '')).toBeDefined();
  });
});

describe('guessing', () => {
  test('is slowed for a name, and the right password from elsewhere still opens', async () => {
    const { userName } = await newcomer();
    for (let n = 0; n < 10; n += 1) expect((await signIn(userName, 'wrong, and long enough')).status).toBe(401);
    const slowed = await signIn(userName, 'wrong, and long enough');
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    // The bucket is in the database: another node counts on.
    const answered = await other.door.routes
      .find(({ method, path }) => method === 'POST' && path === '/session')
      ?.handle({
        body: { userName, password },
        cookies: {},
        query: {},
        url: '/session',
        origin: web.url,
        address: '127.0.0.1',
        now: new Date().toISOString(),
      });
    expect(answered).toMatchObject({ problem: 'sign-in-too-often' });
    // It refills by itself: nobody is locked out for ever.
    await own.database.pool.query(`update sign_in_try set at = at - interval '1 minute'`);
    expect((await signIn(userName)).status).toBe(204);
  });

  test('from many addresses does not hold up a person at their own desk', async () => {
    const { userName } = await newcomer();
    await own.database.pool.query('insert into sign_in_try (who, used, at, allowed) values ($1, 60, now(), true)', [
      userName,
    ]);
    expect((await signIn(userName)).status).toBe(204);
    await own.database.pool.query(`update person_session set address = '203.0.113.9' where user_name = $1`, [userName]);
    expect((await signIn(userName)).status).toBe(429);
  });

  test('cookies opens nothing', async () => {
    for (const made of ['', 'x', 'A'.repeat(43), '../../etc', "' or 1=1 --", 'A'.repeat(10_000)]) {
      expect(await identity.door.prove(made)).toBeUndefined();
    }
  });
});

describe('a link', () => {
  test('opens once, with a password that will do; a refused password does not use it up', async () => {
    await identity.people.add({ userName: 'linked', name: 'Linked', role: 'reader' }, 'person:root');
    const token = await linkOf('linked');
    const open = async (body: object) => {
      const answer = await web.post('/session/link', body);
      return {
        status: answer.status,
        code: answer.status === 204 ? '' : ((await answer.json()) as { code: string }).code,
      };
    };
    expect(await open({ token })).toEqual({ status: 422, code: 'password-needed' });
    expect(await open({ token, password: 'elevenchars' })).toEqual({ status: 422, code: 'password-refused' });
    expect(await open({ token, password: 'x'.repeat(201) })).toMatchObject({ status: 422 });
    const both = await Promise.all([open({ token, password }), open({ token, password: 'another one of the two' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 401]);
    expect(await open({ token, password })).toEqual({ status: 401, code: 'link-refused' });
  });

  test('that is too old, was replaced, is made up, or of somebody disabled opens nothing', async () => {
    const { userName } = await newcomer();
    const replaced = await linkOf(userName);
    const token = await linkOf(userName);
    const refused = async (presented: string) =>
      (await web.post('/session/link', { token: presented, password })).status;
    expect(await refused(replaced)).toBe(401);
    expect(await refused('A'.repeat(43))).toBe(401);
    expect(await refused('__proto__')).toBe(401);
    await identity.people.change(userName, { disabled: true }, 'person:root');
    expect(await refused(token)).toBe(401);
    await identity.people.change(userName, { disabled: false }, 'person:root');
    await own.database.pool.query(`update sign_in_link set ends_at = now() - interval '1 second'`);
    expect(await refused(token)).toBe(401);
  });

  test('with a new password ends every session of the old one', async () => {
    const { userName, cookie } = await newcomer();
    const token = await linkOf(userName);
    expect((await web.post('/session/link', { token, password: 'quite another sentence' })).status).toBe(204);
    await until(async () => (await identity.door.prove(cookie)) === undefined, 1_500);
    expect((await signIn(userName)).status).toBe(401);
    expect((await signIn(userName, 'quite another sentence')).status).toBe(204);
  });

  test('neither a token, a password nor a link stands anywhere in the database', async () => {
    const { userName, cookie, token } = await newcomer();
    const tables = ['person', 'person_session', 'sign_in_link', 'sign_in_try', 'audit_entry'];
    for (const table of tables) {
      const { rows } = await own.database.pool.query(`select * from ${table}`);
      const text = JSON.stringify(rows);
      for (const secret of [cookie, token, password]) expect(text).not.toContain(secret);
      if (table === 'person') expect(text).toContain(userName);
    }
  });

  test('that signs in by itself is used once as well', async () => {
    const { userName } = await newcomer();
    const link = await identity.people.link(userName, 'cli:test', { kind: 'direct' });
    const token = 'path' in link ? link.path.replace('/sign-in/link#', '') : '';
    expect((await web.post('/session/link', { token })).status).toBe(204);
    expect((await web.post('/session/link', { token })).status).toBe(401);
  });
});

describe('a session', () => {
  test('ends on every node within a second: signed out, disabled, or signed out by others', async () => {
    for (const end of [
      async (_: string, cookie: string) => {
        const headers = { cookie: `${cookieName}=${cookie}` };
        const answer = await web.post('/session', undefined, headers, 'DELETE');
        expect(cookieOf(answer, cookieName)).toBe('');
      },
      async (userName: string) => void (await identity.people.change(userName, { disabled: true }, 'person:root')),
      async (userName: string) => void (await identity.people.endSessions(userName, 'person:root')),
    ]) {
      const { userName, cookie } = await newcomer();
      for (const node of [identity, other]) expect(await node.door.prove(cookie)).toBeDefined();
      await end(userName, cookie);
      const isOver = async () =>
        (await Promise.all([identity, other].map((node) => node.door.prove(cookie)))).every(
          (each) => each === undefined,
        );
      expect(await until(isOver, 2_000)).toBeLessThan(1_000);
    }
  });

  test('has the role that its person has now, within a second', async () => {
    const { userName, cookie } = await newcomer('keeper');
    expect((await other.door.prove(cookie))?.scopes.has('things:keep')).toBe(true);
    await identity.people.change(userName, { role: 'reader', sites: ['SOUTH'] }, 'person:root');
    const isLess = async () => {
      const caller = await other.door.prove(cookie);
      return caller?.scopes.has('things:keep') === false && caller.sites?.[0] === 'SOUTH';
    };
    expect(await until(isLess, 2_000)).toBeLessThan(1_000);
  });

  test('ends after twelve hours, and after two without use', async () => {
    const { cookie, userName } = await newcomer();
    const set = (what: string) =>
      own.database.pool.query(`update person_session set ${what} where user_name = $1`, [userName]);
    await set(`seen_at = now() - interval '119 minutes'`);
    expect(await openIdentity(own.database).door.prove(cookie)).toBeDefined();
    // Being used, it is not idle any more.
    const { rows } = await own.database.pool.query(
      `select seen_at > now() - interval '1 minute' as seen, ends_at - begun_at = interval '12 hours' as twelve from person_session where user_name = $1`,
      [userName],
    );
    expect(rows[0]).toEqual({ seen: true, twelve: true });
    await set(`seen_at = now() - interval '121 minutes'`);
    expect(await openIdentity(own.database).door.prove(cookie)).toBeUndefined();
    await set(`seen_at = now(), ends_at = now() - interval '1 second'`);
    expect(await openIdentity(own.database).door.prove(cookie)).toBeUndefined();
  });

  test('is not used by what nobody’s hand causes, however often', async () => {
    const { cookie, userName } = await newcomer();
    const { pool } = own.database;
    await pool.query(`update person_session set seen_at = now() - interval '119 minutes' where user_name = $1`, [
      userName,
    ]);
    const seen = async () =>
      (
        await pool.query(
          `select seen_at > now() - interval '1 minute' as is_now from person_session where user_name = $1`,
          [userName],
        )
      ).rows[0].is_now;
    const node = openIdentity(own.database, {}, { freshMs: 60_000 });
    for (let n = 0; n < 3; n += 1) expect(await node.door.prove(cookie, true)).toBeDefined();
    expect(await openIdentity(own.database).door.prove(cookie, true)).toBeDefined();
    expect(await seen()).toBe(false);
    // What a node remembers of it does not keep a use from being written down.
    expect(await node.door.prove(cookie)).toBeDefined();
    expect(await seen()).toBe(true);
  });

  test('a thousand requests ask the database once', async () => {
    const { cookie } = await newcomer();
    let asked = 0;
    const { pool } = own.database;
    const counting = new Proxy(pool, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name);
        return (...given: Parameters<typeof pool.query>) => {
          asked += 1;
          return pool.query(...given);
        };
      },
    });
    const node = openIdentity({ ...own.database, pool: counting }, {}, { freshMs: 60_000 });
    await Promise.all(Array.from({ length: 1_000 }, () => node.door.prove(cookie)));
    expect(asked).toBe(1);
  });
});

describe('people', () => {
  test('there is always somebody left who may make others, even when two disable each other at once', async () => {
    const only = await identity.people.change('root', { disabled: true }, 'person:root');
    const others = (await identity.people.list()).filter(({ role, disabled }) => role === 'keeper' && !disabled);
    for (const { userName } of others)
      if (userName !== 'root') await identity.people.change(userName, { role: 'reader' }, 'x:y');
    if (only.ok) await identity.people.change('root', { disabled: false }, 'x:y');
    for (const change of [{ disabled: true }, { role: 'reader' }, { sites: ['NORTH'] }]) {
      expect(await identity.people.change('root', change, 'person:root')).toMatchObject({ refused: 'last-keeper' });
    }
    await identity.people.add({ userName: 'second', name: 'Second', role: 'keeper' }, 'person:root');
    const both = await Promise.all([
      identity.people.change('root', { disabled: true }, 'person:second'),
      identity.people.change('second', { disabled: true }, 'person:root'),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const left = (await identity.people.list()).filter(({ role, disabled }) => role === 'keeper' && !disabled);
    expect(left).toHaveLength(1);
  });

  test('are refused with the member that cannot be', async () => {
    const add = (more: object) =>
      identity.people.add({ userName: 'fine', name: 'Fine', role: 'reader', ...more }, 'person:root');
    await expect(add({ userName: 'Über' })).rejects.toThrow('userName');
    await expect(add({ role: 'toString' })).rejects.toThrow('role');
    await expect(add({ name: ' ' })).rejects.toThrow('name');
    expect((await add({})).ok).toBe(true);
    expect(await add({})).toMatchObject({ refused: 'taken' });
    expect(await identity.people.change('absent', { name: 'x' }, 'person:root')).toMatchObject({ refused: 'absent' });
  });

  test('what was long over is thrown away, and what is alive stays', async () => {
    const { userName, cookie } = await newcomer();
    await signIn(userName);
    await own.database.pool.query(
      `insert into person_session (hash, id, user_name, ends_at, address) values (sha256('x'), gen_random_uuid(), $1, now() - interval '31 days', 'a')`,
      [userName],
    );
    await identity.forget();
    const { rows } = await own.database.pool.query(
      `select count(*)::int as count from person_session where ends_at < now() - interval '30 days'`,
    );
    expect(rows[0].count).toBe(0);
    expect(await openIdentity(own.database).door.prove(cookie)).toBeDefined();
  });
});
