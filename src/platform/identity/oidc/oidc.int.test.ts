import { createHash, createHmac, type webcrypto } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditOf } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Identity } from '../create-identity.ts';
import { cookieOf, openIdentity, serveIdentity } from '../testing/index.ts';
import { audience, clientSecret, startProvider } from '../testing/provider.ts';
import { KeysAway } from './bearer.ts';
import type { OidcSettings } from './settings.ts';

let own: TestDatabase;
let provider: Awaited<ReturnType<typeof startProvider>>;
let identity: Identity;
let web: Awaited<ReturnType<typeof serveIdentity>>;
let settings: OidcSettings;
const fetched: string[] = [];

const plainFetch = async (url: string, options: object): Promise<Response> => {
  fetched.push(url);
  return fetch(url, { ...options, redirect: 'manual' });
};

beforeAll(async () => {
  own = await testDatabase();
  provider = await startProvider();
  settings = {
    name: 'the test provider',
    issuer: provider.issuer,
    clientId: 'crossdock',
    clientSecret,
    roles: [
      { value: 'warehouse-north', role: 'reader', sites: ['NORTH'] },
      { value: 'admins', role: 'keeper' },
      { value: 'staff', role: 'reader' },
    ],
    bearer: { audience },
  };
  identity = openIdentity(own.database, {
    oidc: {
      settings,
      fetch: plainFetch,
      isScope: (scope) => scope.startsWith('things:'),
      knowsSites: (scope) => scope === 'things:read',
    },
  });
  web = await serveIdentity(own.database, identity);
  provider.open(web.url);
});
afterAll(async () => {
  await web.close();
  await provider.close();
  await own.drop();
});
beforeEach(() => {
  fetched.length = 0;
});

/** A browser with a jar for each of the two sites. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  return {
    async go(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
      const { origin } = new URL(address);
      const jar = jars.get(origin) ?? new Map<string, string>();
      jars.set(origin, jar);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(address, { redirect: 'manual', headers: { ...headers, cookie } });
      for (const set of answer.headers.getSetCookie()) {
        const [pair = ''] = set.split(';', 1);
        const at = pair.indexOf('=');
        if (pair.slice(at + 1) === '') jar.delete(pair.slice(0, at));
        else jar.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return answer;
    },
    /** Follows where it is sent, until it is to come back to us with an answer. */
    async goToCallback(then = ''): Promise<string> {
      let at = `${web.url}/session/oidc${then}`;
      for (let hops = 0; hops < 10; hops += 1) {
        if (at.startsWith(`${web.url}/session/oidc/callback`)) return at;
        const answer = await this.go(at);
        const location = answer.headers.get('location');
        if (location === null) throw new Error(`${at} answered ${answer.status} ${await answer.text()}`);
        at = new URL(location, at).href;
      }
      throw new Error('never came back');
    },
  };
}

const comeIn = async (then = '') => {
  const visitor = browser();
  return visitor.go(await visitor.goToCallback(then));
};

describe('signing in with an identity provider', () => {
  test('makes a person of ours with the role and the warehouses of their group, and goes where they wanted to go', async () => {
    provider.signedIn({
      sub: 's-1',
      preferred_username: 'Nora.North@example.com',
      name: 'Nora',
      groups: ['x', 'warehouse-north'],
    });
    const answer = await comeIn('?then=/orders/100001');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/orders/100001');
    const caller = await identity.door.prove(cookieOf(answer, 'crossdock_session') ?? '');
    expect(caller).toMatchObject({ by: 'person:nora.north', sites: ['NORTH'] });
    expect(await identity.people.find('nora.north')).toMatchObject({ provider: 'oidc', role: 'reader', name: 'Nora' });
    const entries = await auditOf(own.database.pool, 'person:nora.north');
    expect(entries.map(({ action }) => action)).toEqual(['add', 'sign-in']);
  });

  test('knows them again by their subject, and takes the role that the provider says today', async () => {
    provider.signedIn({ sub: 's-2', preferred_username: 'rita', groups: ['staff'] });
    await comeIn();
    provider.signedIn({ sub: 's-2', preferred_username: 'renamed', groups: ['admins'] });
    await comeIn();
    expect(await identity.people.find('rita')).toMatchObject({ role: 'keeper' });
    expect(await identity.people.find('renamed')).toBeUndefined();
    expect(await identity.people.change('rita', { sites: null }, 'person:x')).toMatchObject({ refused: 'provider' });
    expect(await identity.people.link('rita', 'person:x')).toMatchObject({ refused: 'provider' });
  });

  test('turns away whoever has no role here, has the name of another, or is disabled here', async () => {
    provider.signedIn({ sub: 's-3', preferred_username: 'guest', groups: ['constructor', '__proto__'] });
    const noRole = await comeIn();
    expect(noRole.headers.get('location')).toBe('/sign-in?problem=no-role');
    expect(cookieOf(noRole, 'crossdock_session')).toBeUndefined();
    expect(await identity.people.find('guest')).toBeUndefined();

    await identity.people.add({ userName: 'local', name: 'Local', role: 'keeper' }, 'x:y');
    provider.signedIn({ sub: 's-4', preferred_username: 'local', groups: ['staff'] });
    expect((await comeIn()).headers.get('location')).toBe('/sign-in?problem=name-taken');

    provider.signedIn({ sub: 's-5', preferred_username: 'dora', groups: ['staff'] });
    await comeIn();
    await identity.people.change('dora', { disabled: true }, 'x:y');
    expect((await comeIn()).headers.get('location')).toBe('/sign-in?problem=disabled');
    provider.signedIn({ sub: 's-6', groups: ['staff'] });
    expect((await comeIn()).headers.get('location')).toBe('/sign-in?problem=no-name');
  });

  test('leaves the only one who may make others what they are, whatever the provider says, and says so in the audit', async () => {
    const sits = (groups: readonly string[]) =>
      provider.signedIn({ sub: 's-9', preferred_username: 'kim', name: 'Kim', groups });
    const kim = () => identity.people.find('kim');
    const kept = async () =>
      (await auditOf(own.database.pool, 'person:kim')).filter(({ action }) => action === 'role-kept');
    sits(['admins']);
    await comeIn();
    const others = (await identity.people.list()).filter(
      ({ userName, role }) => role === 'keeper' && userName !== 'kim',
    );
    for (const { userName } of others) await identity.people.change(userName, { disabled: true }, 'cli:test');
    for (const groups of [['staff'], ['warehouse-north']]) {
      sits(groups);
      expect((await comeIn()).headers.get('location')).toBe('/');
      expect(await kim()).toMatchObject({ role: 'keeper', disabled: false });
      expect((await kim())?.sites).toBeUndefined();
    }
    expect(await kept()).toMatchObject([
      { by: 'person:kim', details: { told: 'reader', because: expect.stringContaining('make another first') } },
      { details: { told: 'reader' } },
    ]);
    await identity.people.add({ userName: 'root', name: 'Root', role: 'keeper' }, 'cli:test');
    await comeIn();
    expect(await kim()).toMatchObject({ role: 'reader', sites: ['NORTH'] });
    expect(await kept()).toHaveLength(2);
  });

  test('goes to places of ours only', async () => {
    provider.signedIn({ sub: 's-1', preferred_username: 'nora.north', groups: ['staff'] });
    for (const evil of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/%5c%5cx\\y',
      '/a\tb',
    ]) {
      const answer = await comeIn(`?then=${encodeURIComponent(evil)}`);
      expect(answer.headers.get('location')).toMatch(/^\/(?![/\\])/);
      expect(answer.headers.get('location')).not.toContain('evil');
    }
  });

  test('an answer is good only in the browser that asked, once, with the state that it was given, and whole', async () => {
    provider.signedIn({ sub: 's-1', preferred_username: 'nora.north', groups: ['staff'] });
    const victim = browser();
    const back = await victim.goToCallback();
    const refused = async (answer: Promise<Response>) => {
      const { headers } = await answer;
      expect(headers.get('location')).toMatch(/^\/sign-in\?problem=(expired|provider-refused)$/);
      expect(headers.getSetCookie().some((each) => each.startsWith('crossdock_session='))).toBe(false);
    };
    // Another browser, with a sign-in of its own under way and with none.
    const attacker = browser();
    await attacker.goToCallback();
    await refused(attacker.go(back));
    await refused(browser().go(back));
    // A state, an issuer or a code that are not those of the answer.
    for (const [name, value] of [
      ['state', 'made-up'],
      ['iss', 'https://evil.example'],
      ['code', 'made-up'],
    ] as const) {
      const other = browser();
      const changed = new URL(await other.goToCallback());
      changed.searchParams.set(name, value);
      await refused(other.go(changed.href));
    }
    const answered = await victim.go(back);
    expect(cookieOf(answered, 'crossdock_session')).toBeDefined();
    // Its cookie is gone, and its code was used.
    await refused(victim.go(back));
    await refused(browser().go(`${web.url}/session/oidc/callback?error=access_denied`));
  });

  test('the cookie of a sign-in under way tells nobody its secrets', async () => {
    const visitor = browser();
    const answer = await visitor.go(`${web.url}/session/oidc`);
    const asked = new URL(answer.headers.get('location') ?? '');
    const cookie = cookieOf(answer, 'crossdock_oidc') ?? '';
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce']) {
      const value = asked.searchParams.get(name) ?? '';
      expect(value.length).toBeGreaterThan(20);
      const seen = cookie.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      expect(seen.join()).not.toContain(value);
    }
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
  });

  test('a provider that is away, or calls itself otherwise, lets nobody in and is asked again later', async () => {
    let isAway = true;
    const flaky = openIdentity(own.database, {
      oidc: {
        settings,
        fetch: async (url, options) => {
          if (isAway) throw new Error('connection refused');
          return plainFetch(url, options);
        },
        isScope: () => true,
        knowsSites: () => true,
      },
    });
    const begin = flaky.door.routes.find(({ path }) => path === '/session/oidc');
    const asked = {
      body: undefined,
      cookies: {},
      query: {},
      url: '/session/oidc',
      origin: web.url,
      address: 'a',
      now: '',
    };
    expect(await begin?.handle(asked)).toMatchObject({ redirect: '/sign-in?problem=provider-away' });
    await expect(flaky.proveBearer?.('a.b.c')).rejects.toThrow(KeysAway);
    isAway = false;
    expect(await begin?.handle(asked)).toMatchObject({ redirect: expect.stringContaining(provider.issuer) });
    const other = openIdentity(own.database, {
      oidc: {
        settings: { ...settings, issuer: provider.issuer.replace('127.0.0.1', 'localhost') },
        fetch: plainFetch,
        isScope: () => true,
        knowsSites: () => true,
      },
    });
    const wrong = other.door.routes.find(({ path }) => path === '/session/oidc');
    expect(await wrong?.handle(asked)).toMatchObject({ redirect: '/sign-in?problem=provider-away' });
  });
});

describe('an access token', () => {
  const now = () => Math.floor(Date.now() / 1_000);
  const good = () => ({
    iss: provider.issuer,
    aud: audience,
    sub: 'robot',
    client_id: 'robot',
    scope: 'things:read',
    iat: now(),
    exp: now() + 300,
  });
  const header = { alg: 'RS256', typ: 'at+jwt', kid: 'k1' };
  const sign = async (claims: object, more: object = {}, key: JWK = provider.key): Promise<string> =>
    new SignJWT({ ...claims }).setProtectedHeader({ ...header, ...more }).sign(await importJWK(key, 'RS256'));
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const without = (name: string): object => Object.fromEntries(Object.entries(good()).filter(([key]) => key !== name));

  test('of the provider itself is a caller with the scopes that it carries and we know', async () => {
    const caller = await identity.proveBearer?.(await provider.token('things:read'));
    expect(caller).toMatchObject({ consumer: 'robot@oidc', by: 'api:robot@oidc' });
    expect([...(caller?.scopes ?? [])]).toEqual(['things:read']);
    const more = await identity.proveBearer?.(await sign({ ...good(), scope: 'things:read admin:all  __proto__' }));
    expect([...(more?.scopes ?? [])]).toEqual(['things:read']);
    expect(more?.sites).toBeUndefined();
  });

  test('says the only warehouses of its caller where the configuration says so; who is told none sees none', async () => {
    const restricted = openIdentity(own.database, {
      oidc: {
        settings: { ...settings, bearer: { audience, sitesClaim: 'sites' } },
        fetch: plainFetch,
        isScope: () => true,
        knowsSites: (scope) => scope === 'things:read',
      },
    });
    const of = async (more: object) =>
      restricted.proveBearer?.(await sign({ ...good(), scope: 'things:read things:keep', ...more }));
    expect(await of({ sites: ['NORTH'] })).toMatchObject({ sites: ['NORTH'], scopes: new Set(['things:read']) });
    expect(await of({})).toMatchObject({ sites: [] });
    expect(await of({ sites: 'NORTH' })).toMatchObject({ sites: [] });
  });

  const forged: readonly (readonly [string, () => Promise<string>])[] = [
    ['has no signature (alg none)', async () => new UnsecuredJWT(good()).encode()],
    ['has alg none with our header', async () => `${part({ ...header, alg: 'none' })}.${part(good())}.`],
    ['has alg None', async () => `${part({ ...header, alg: 'None' })}.${part(good())}.`],
    ['has alg nOnE and somebody’s signature', async () => `${part({ ...header, alg: 'nOnE' })}.${part(good())}.AAAA`],
    ['has its signature taken off', async () => (await sign(good())).replace(/[^.]+$/, '')],
    [
      'has another’s signature',
      async () =>
        sign(good(), {}, { ...(await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey)) }),
    ],
    [
      'has a claim changed after signing',
      async () => {
        const [head = '', , signature = ''] = (await sign(good())).split('.');
        return `${head}.${part({ ...good(), scope: 'things:keep' })}.${signature}`;
      },
    ],
    [
      'has its header changed after signing',
      async () => {
        const [, claims = '', signature = ''] = (await sign(good())).split('.');
        return `${part({ ...header, extra: 1 })}.${claims}.${signature}`;
      },
    ],
    [
      'is signed by HS256 with the public key as the secret',
      async () => {
        const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = provider.key;
        const pem = await exportSPKI((await importJWK(open, 'RS256', { extractable: true })) as webcrypto.CryptoKey);
        const text = `${part({ ...header, alg: 'HS256' })}.${part(good())}`;
        return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
      },
    ],
    [
      'is signed by HS256 with the client’s secret',
      async () =>
        new SignJWT(good())
          .setProtectedHeader({ ...header, alg: 'HS256' })
          .sign(new TextEncoder().encode(clientSecret)),
    ],
    [
      'is signed in an algorithm that is not configured',
      async () =>
        new SignJWT(good())
          .setProtectedHeader({ ...header, alg: 'PS256' })
          .sign(await importJWK({ ...provider.key, alg: 'PS256' }, 'PS256')),
    ],
    [
      'brings its own key (jwk)',
      async () => {
        const pair = await generateKeyPair('RS256', { extractable: true });
        return new SignJWT(good())
          .setProtectedHeader({ ...header, jwk: await exportJWK(pair.publicKey) })
          .sign(pair.privateKey);
      },
    ],
    [
      'says where its key is (jku)',
      async () => {
        const pair = await generateKeyPair('RS256', { extractable: true });
        return new SignJWT(good())
          .setProtectedHeader({ ...header, jku: 'http://127.0.0.1:9/keys' })
          .sign(pair.privateKey);
      },
    ],
    [
      'brings a certificate (x5u)',
      async () => {
        const pair = await generateKeyPair('RS256', { extractable: true });
        return new SignJWT(good())
          .setProtectedHeader({ ...header, x5u: 'http://127.0.0.1:9/cert' })
          .sign(pair.privateKey);
      },
    ],
    ['names an unknown key', async () => sign(good(), { kid: 'k2' })],
    ['names a key by a path', async () => sign(good(), { kid: '../../../dev/null' })],
    ['names a key in SQL', async () => sign(good(), { kid: "k1' or '1'='1" })],
    ['names no string as its key', async () => `${part({ ...header, kid: { k1: true } })}.${part(good())}.AAAA`],
    [
      'demands an unknown extension (crit)',
      async () => {
        const text = `${part({ ...header, crit: ['https://evil.example/x'], 'https://evil.example/x': true })}.${part(good())}`;
        const { createPrivateKey, sign: signBytes } = await import('node:crypto');
        const key = createPrivateKey({ key: provider.key as never, format: 'jwk' });
        return `${text}.${signBytes('sha256', Buffer.from(text), key).toString('base64url')}`;
      },
    ],
    ['is for another audience', async () => sign({ ...good(), aud: 'https://other.example' })],
    ['is for nobody', async () => sign(without('aud'))],
    ['is for the console’s client (an ID token)', async () => sign({ ...good(), aud: 'crossdock' }, { typ: 'JWT' })],
    ['is of another issuer', async () => sign({ ...good(), iss: 'https://evil.example' })],
    ['is of no issuer', async () => sign(without('iss'))],
    ['is over', async () => sign({ ...good(), exp: now() - 60 })],
    ['has no end', async () => sign(without('exp'))],
    ['has an end that is no number', async () => sign({ ...good(), exp: 'never' })],
    ['is not good yet', async () => sign({ ...good(), nbf: now() + 300 })],
    ['has no subject', async () => sign(without('sub'))],
    ['does not say since when', async () => sign(without('iat'))],
    ['is no access token (typ)', async () => sign(good(), { typ: 'JWT' })],
    ['says no type', async () => sign(good(), { typ: undefined })],
    ['calls its client as no client can be called', async () => sign({ ...good(), client_id: 'shop\nadmin' })],
    ['is encrypted', async () => 'a.b.c.d.e'],
    ['is longer than any', async () => `${'a'.repeat(9_000)}.b.c`],
    ['is no token', async () => 'a.b.c'],
    ['is empty', async () => '..'],
    ['is a hash', async () => createHash('sha256').update('x').digest('hex')],
  ];

  test('there are at least twenty-five ways to forge one', () => {
    expect(forged.length).toBeGreaterThanOrEqual(25);
  });

  test.each(forged)('that %s is refused', async (_, forge) => {
    expect(await identity.proveBearer?.(await sign(good()))).toBeDefined();
    expect(await identity.proveBearer?.(await forge())).toBeUndefined();
    // Nothing was fetched but from the provider.
    expect(fetched.every((url) => url.startsWith(provider.issuer))).toBe(true);
  });
});
