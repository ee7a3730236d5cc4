import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Caller } from '#platform/gateway';
import { clockSlack, type Issuer } from './issuer.ts';
import type { BearerSettings, OidcSettings } from './settings.ts';

/** Proves access tokens of the identity provider at our APIs. Undefined: refused. Throws while the provider's keys cannot be had. */
export type ProveBearer = (token: string) => Promise<Caller | undefined>;

export interface BearerNeeds {
  readonly issuer: Issuer;
  readonly settings: OidcSettings & { readonly bearer: BearerSettings };
  /** Scopes that there are; others in a token mean nothing. */
  readonly isScope: (scope: string) => boolean;
  /** Of them, what somebody may have who sees some warehouses only. */
  readonly knowsSites: (scope: string) => boolean;
}

const longestToken = 8_192;
const consumerForm = /^[A-Za-z0-9._:/-]{1,60}$/;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The provider's keys cannot be had: that says nothing about a token. */
export class KeysAway extends Error {
  override readonly name = 'KeysAway';
}

const isAboutToken = (thrown: unknown): boolean =>
  thrown instanceof errors.JWKSNoMatchingKey ||
  thrown instanceof errors.JWKSMultipleMatchingKeys ||
  thrown instanceof errors.JOSENotSupported;

/** The same keys; that they could not be fetched is told apart from a token that none of them signed. */
const toldApart =
  (keys: JWTVerifyGetKey): JWTVerifyGetKey =>
  async (header, token) => {
    try {
      return await keys(header, token);
    } catch (thrown) {
      throw isAboutToken(thrown) ? thrown : new KeysAway(String(thrown));
    }
  };

/**
 * As RFC 9068 has it: type `at+jwt`, the issuer and audience that are configured, an end, and a signature by one of its public keys
 * in an algorithm that is configured. `consumer` is the client with `@oidc` behind it, which no key's consumer can be called.
 */
export function createBearerCheck({ issuer, settings, isScope, knowsSites }: BearerNeeds): ProveBearer {
  const { audience, algorithms = ['RS256'], sitesClaim } = settings.bearer;
  return async (token) => {
    if (token.length > longestToken || token.split('.').length !== 3) return undefined;
    const keys = await issuer.keys().catch((thrown: unknown) => {
      throw new KeysAway(String(thrown));
    });
    const claims = await jwtVerify(token, toldApart(keys), {
      issuer: settings.issuer,
      audience,
      algorithms: [...algorithms],
      typ: 'at+jwt',
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: clockSlack,
    }).then(
      ({ payload }) => payload,
      (thrown: unknown) => {
        if (thrown instanceof KeysAway) throw thrown;
        return undefined;
      },
    );
    if (claims === undefined) return undefined;
    const client = text(claims.client_id) ?? text(claims.sub) ?? '';
    if (!consumerForm.test(client)) return undefined;
    const consumer = `${client}@oidc`;
    const given = (text(claims.scope) ?? '').split(' ').filter(isScope);
    const told = sitesClaim === undefined ? undefined : claims[sitesClaim];
    // Whoever must be told their warehouses and is not sees none.
    const sites = Array.isArray(told) ? told.filter((site): site is string => typeof site === 'string') : [];
    return {
      keyId: text(claims.jti)?.slice(0, 60) ?? `token of ${client}`,
      consumer,
      by: `api:${consumer}`,
      scopes: new Set(sitesClaim === undefined ? given : given.filter(knowsSites)),
      ...(sitesClaim === undefined ? {} : { sites }),
    };
  };
}
