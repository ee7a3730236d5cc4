import { createRemoteJWKSet, type JWTVerifyGetKey, customFetch as jwksFetch } from 'jose';
import * as client from 'openid-client';
import type { OidcSettings, OutgoingFetch } from './settings.ts';

/** An identity provider as it describes itself; asked when it is needed first, and again after an hour. */
export interface Issuer {
  /** Throws while it cannot be asked. */
  client(): Promise<client.Configuration>;
  /** Its public keys, fetched anew when one is not known. */
  keys(): Promise<JWTVerifyGetKey>;
}

const freshMs = 3_600_000;
const patienceMs = 5_000;
/** Between our clock and theirs, seconds. */
export const clockSlack = 10;

interface Described {
  readonly until: number;
  readonly client: client.Configuration;
  readonly keys: JWTVerifyGetKey;
}

/** Finds an identity provider by its discovery document, whose issuer must be the one that is named. */
export function createIssuer(settings: OidcSettings, fetch: OutgoingFetch): Issuer {
  const { issuer, clientId, clientSecret, idTokenAlgorithm = 'RS256' } = settings;
  let described: Promise<Described> | undefined;
  let until = 0;

  async function describe(): Promise<Described> {
    const found = await client.discovery(
      new URL(issuer),
      clientId,
      { id_token_signed_response_alg: idTokenAlgorithm, [client.clockTolerance]: clockSlack },
      client.ClientSecretBasic(clientSecret),
      {
        [client.customFetch]: (url, options) => fetch(url, options as Parameters<OutgoingFetch>[1]),
        timeout: patienceMs / 1_000,
        execute: [
          // The ID token's signature is checked, although it comes straight from the provider.
          client.enableNonRepudiationChecks,
          // Whether plain HTTP may be spoken is for the rules of outgoing addresses: only within a network that is allowed by name.
          ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    const { jwks_uri: jwksUri } = found.serverMetadata();
    if (jwksUri === undefined) throw new Error(`${issuer} does not say where its keys are`);
    const keys = createRemoteJWKSet(new URL(jwksUri), {
      [jwksFetch]: (url, options) => fetch(url, options),
      timeoutDuration: patienceMs,
    });
    return { until: performance.now() + freshMs, client: found, keys };
  }

  function ask(): Promise<Described> {
    if (described !== undefined && until > performance.now()) return described;
    const asked = describe();
    described = asked;
    until = performance.now() + freshMs;
    // A failed question is not an answer to remember.
    asked.catch(() => {
      if (described === asked) described = undefined;
    });
    return asked;
  }

  return {
    client: async () => (await ask()).client,
    keys: async () => (await ask()).keys,
  };
}
