import * as client from 'openid-client';
import { personFrom, type ToldPerson } from './claims.ts';
import type { CameIn } from './come-in.ts';
import type { Issuer } from './issuer.ts';
import type { OidcSettings } from './settings.ts';
import { createUnderwayCookies } from './sign-in-cookie.ts';

/** Why somebody who came back from the identity provider is not let in. */
export type OidcRefusal =
  | 'no-role'
  | 'no-name'
  | 'name-taken'
  | 'disabled'
  | 'expired'
  | 'provider-refused'
  | 'provider-away';

export type OidcBegun = { readonly redirect: string; readonly cookie: string } | { readonly refused: 'provider-away' };

export type OidcEnded =
  | { readonly came: Extract<CameIn, { readonly session: unknown }>; readonly goTo: string }
  | { readonly refused: OidcRefusal; readonly because?: string };

/** Signing in with an identity provider: authorization code, PKCE, state and nonce. */
export interface OidcSignIn {
  begin(asked: { readonly origin: string; readonly goTo: string }): Promise<OidcBegun>;
  /** `url`: path and query with which the browser came back; `cookie`: what it was given when it left. */
  end(back: {
    readonly url: string;
    readonly cookie: string | undefined;
    readonly address: string;
  }): Promise<OidcEnded>;
}

export interface OidcSignInNeeds {
  readonly settings: OidcSettings;
  readonly issuer: Issuer;
  readonly comeIn: (told: ToldPerson, address: string) => Promise<CameIn>;
}

export const callbackPath = '/session/oidc/callback';

/** A place of ours, and nobody else's. */
export const ownPath = (then: string | undefined): string =>
  then !== undefined && then.length <= 1_000 && /^\/(?![/\\])[\x21-\x7e]*$/.test(then) && !then.includes('\\')
    ? then
    : '/';

const reason = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 300);

/** The provider answered, and not as it should; everything else is the network. */
const isAnswer = (thrown: unknown): boolean =>
  thrown instanceof client.AuthorizationResponseError ||
  thrown instanceof client.ResponseBodyError ||
  thrown instanceof client.WWWAuthenticateChallengeError ||
  (thrown instanceof client.ClientError && thrown.code !== undefined && thrown.code !== 'OAUTH_TIMEOUT');

/** Makes the way in by an identity provider. */
export function createOidcSignIn({ settings, issuer, comeIn }: OidcSignInNeeds): OidcSignIn {
  const cookies = createUnderwayCookies(settings.clientSecret);
  const { scopes = ['profile'] } = settings;
  return {
    begin: async ({ origin, goTo }) => {
      const found = await issuer.client().catch(() => undefined);
      if (found === undefined) return { refused: 'provider-away' };
      const state = client.randomState();
      const nonce = client.randomNonce();
      const codeVerifier = client.randomPKCECodeVerifier();
      const redirectUri = new URL(callbackPath, origin).href;
      const redirect = client.buildAuthorizationUrl(found, {
        redirect_uri: redirectUri,
        scope: ['openid', ...scopes].join(' '),
        response_type: 'code',
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return {
        redirect: redirect.href,
        cookie: await cookies.write({ state, nonce, codeVerifier, redirectUri, goTo }),
      };
    },
    end: async ({ url, cookie, address }) => {
      const underway = await cookies.read(cookie);
      if (underway === undefined) return { refused: 'expired' };
      const { state, nonce, codeVerifier, redirectUri, goTo } = underway;
      const came = new URL(redirectUri);
      came.search = new URL(url, redirectUri).search;
      try {
        const tokens = await client.authorizationCodeGrant(await issuer.client(), came, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const told = personFrom(tokens.claims() ?? {}, settings);
        if (typeof told === 'string') return { refused: told };
        const letIn = await comeIn(told, address);
        return 'refused' in letIn ? { refused: letIn.refused } : { came: letIn, goTo: ownPath(goTo) };
      } catch (thrown) {
        return { refused: isAnswer(thrown) ? 'provider-refused' : 'provider-away', because: reason(thrown) };
      }
    },
  };
}
