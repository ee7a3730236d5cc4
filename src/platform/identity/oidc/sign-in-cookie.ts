import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';

/** What we must know again when somebody comes back from the identity provider. */
export interface Underway {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  /** Where they wanted to go. */
  readonly goTo: string;
}

/** The cookie that carries it: only of use to the browser that began, for ten minutes, and readable by us alone. */
export const underwayCookie = 'crossdock_oidc';
export const underwaySeconds = 600;

export interface UnderwayCookies {
  write(underway: Underway): Promise<string>;
  /** Undefined when it is none of ours, or too old. */
  read(cookie: string | undefined): Promise<Underway | undefined>;
}

/** The key is made of the client's secret, which all nodes have and nobody else. */
export function createUnderwayCookies(clientSecret: string): UnderwayCookies {
  const key = new Uint8Array(hkdfSync('sha256', clientSecret, '', 'crossdock: sign-in under way', 32));
  return {
    write: (underway) =>
      new EncryptJWT({ ...underway })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt()
        .setExpirationTime(`${underwaySeconds}s`)
        .encrypt(key),
    read: async (cookie) => {
      if (cookie === undefined) return undefined;
      try {
        const { payload } = await jwtDecrypt<Underway>(cookie, key, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          requiredClaims: ['exp'],
        });
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}
