/** A value of the role claim, and what it makes of a person. */
export interface RoleRule {
  readonly value: string;
  readonly role: string;
  /** The only warehouses that they see anything of; absent: all. */
  readonly sites?: readonly string[];
}

/** Signature algorithms with a public key; the others have no place here. */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** Access tokens of the issuer at our APIs. */
export interface BearerSettings {
  /** What a token must be made for. */
  readonly audience: string;
  /** Default RS256 alone. */
  readonly algorithms?: readonly SignatureAlgorithm[];
  /** The claim that lists the only warehouses of a caller; absent: callers see all. */
  readonly sitesClaim?: string;
}

/** An identity provider, and what its word means here. */
export interface OidcSettings {
  /** As people call it: `Sign in with <name>`. */
  readonly name: string;
  /** Exactly as its tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Asked of it beside `openid`; default `profile`. */
  readonly scopes?: readonly string[];
  /** Of its ID tokens; default RS256. Another is refused. */
  readonly idTokenAlgorithm?: SignatureAlgorithm;
  /** Default `preferred_username`. */
  readonly userNameClaim?: string;
  /** Default `groups`. */
  readonly roleClaim?: string;
  /** The first whose value the person has is taken. */
  readonly roles: readonly RoleRule[];
  /** Absent: its access tokens open nothing here. */
  readonly bearer?: BearerSettings;
}

/** How its servers are reached: main hands over one that keeps to the rules for outgoing addresses. */
export type OutgoingFetch = (
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Headers | Record<string, string>;
    readonly body?: unknown;
    readonly signal?: AbortSignal;
  },
) => Promise<Response>;
