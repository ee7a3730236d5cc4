import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type Context, Provider } from 'oidc-provider';

/** Somebody whom the provider knows. */
export interface Account {
  readonly sub: string;
  readonly preferred_username?: string;
  readonly name?: string;
  readonly groups?: readonly string[];
}

export const clientSecret = 'a secret of the tests, long enough';
export const audience = 'https://crossdock.test/api';

/** A real identity provider on a free port of this machine; whoever comes is signed in as `current`, without a form. */
export async function startProvider() {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const key: JWK = { ...(await exportJWK(pair.privateKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
  const accounts = new Map<string, Account>();
  let current = '';
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (provider === undefined) return void response.writeHead(503).end();
    if (request.url?.startsWith('/interaction/') === true) {
      void provider.interactionFinished(request, response, { login: { accountId: current } });
      return;
    }
    provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    key,
    /** Begins to serve, for a client at this address. */
    open(url: string): void {
      provider = new Provider(issuer, {
        clients: [
          {
            client_id: 'crossdock',
            client_secret: clientSecret,
            redirect_uris: [`${url}/session/oidc/callback`],
            grant_types: ['authorization_code'],
            response_types: ['code'],
          },
          {
            client_id: 'robot',
            client_secret: clientSecret,
            redirect_uris: [],
            grant_types: ['client_credentials'],
            response_types: [],
          },
        ],
        jwks: { keys: [key] },
        cookies: { keys: ['for the tests'] },
        claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
        conformIdTokenClaims: false,
        pkce: { required: () => true },
        ttl: { AccessToken: 600, IdToken: 600, Interaction: 600, Session: 600, Grant: 600, ClientCredentials: 600 },
        findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...accounts.get(sub), sub }) }),
        interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
        loadExistingGrant: async ({ oidc }: Context) => {
          if (provider === undefined) return undefined;
          const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
          grant.addOIDCScope('openid profile');
          await grant.save();
          return grant;
        },
        scopes: ['openid', 'profile', 'things:read', 'things:keep'],
        features: {
          devInteractions: { enabled: false },
          clientCredentials: { enabled: true },
          resourceIndicators: {
            enabled: true,
            defaultResource: (_: unknown, client: { readonly clientId: string }) =>
              client.clientId === 'robot' ? audience : undefined,
            getResourceServerInfo: () => ({
              scope: 'things:read things:keep',
              audience,
              accessTokenFormat: 'jwt',
              jwt: { sign: { alg: 'RS256' } },
            }),
          },
        },
      });
    },
    /** Whoever comes next is this one. */
    signedIn(account: Account): void {
      accounts.set(account.sub, account);
      current = account.sub;
    },
    /** An access token of the client `robot`, by the provider's own endpoint. */
    async token(scope: string): Promise<string> {
      const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`robot:${encodeURIComponent(clientSecret)}`)}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
      });
      return ((await answer.json()) as { readonly access_token: string }).access_token;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
