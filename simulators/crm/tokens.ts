import { createHash } from 'node:crypto';
import { type Clock, type Instant, millisecondsBetween } from '#model/kernel';
import type { Reply } from './refusal.ts';

/** What a client of this organisation signs in with. Made from the seed, so that a run repeats; worth nothing elsewhere. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
}

export interface Tokens {
  readonly credentials: Credentials;
  /** The token endpoint: the form that was posted, and the address that the organisation is reached at. */
  grant(form: URLSearchParams, instanceUrl: string): Reply;
  /** Is this `Authorization` header good? Tokens die after `lifeMs`, null: never. */
  good(authorization: string | undefined, lifeMs: number | null): boolean;
  /** Every token is worthless from now on. */
  revokeAll(): void;
  /** How many were ever given. */
  granted(): number;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

const refused = (error: string, description: string): Reply => ({
  status: 400,
  body: { error, error_description: description },
});

/** Makes the token office of an organisation. */
export function createTokens(seed: number, clock: Clock): Tokens {
  const credentials: Credentials = {
    clientId: `client-${digest(`id ${seed}`)}`,
    clientSecret: digest(`secret ${seed}`),
    username: 'integration@example.test',
    password: digest(`password ${seed}`),
  };
  const alive = new Map<string, Instant>();
  let count = 0;

  const complaint = (form: URLSearchParams): Reply | undefined => {
    const kind = form.get('grant_type');
    if (kind !== 'password' && kind !== 'client_credentials') {
      return refused('unsupported_grant_type', 'grant type not supported');
    }
    if (form.get('client_id') !== credentials.clientId)
      return refused('invalid_client_id', 'client identifier invalid');
    if (form.get('client_secret') !== credentials.clientSecret)
      return refused('invalid_client', 'invalid client credentials');
    const known = form.get('username') === credentials.username && form.get('password') === credentials.password;
    return kind === 'password' && !known ? refused('invalid_grant', 'authentication failure') : undefined;
  };

  return {
    credentials,
    grant: (form, instanceUrl) => {
      const wrong = complaint(form);
      if (wrong !== undefined) return wrong;
      count += 1;
      const token = `00DCd!${digest(`token ${seed} ${count}`)}`;
      alive.set(token, clock.now());
      const body = {
        access_token: token,
        instance_url: instanceUrl,
        id: `${instanceUrl}/id/00DCd0000000001EAA/005Cd0000000001AAA`,
        token_type: 'Bearer',
        issued_at: String(Date.parse(clock.now())),
        signature: digest(token),
      };
      return { status: 200, body };
    },
    good: (authorization, lifeMs) => {
      const token = authorization?.replace(/^(Bearer|OAuth) /, '') ?? '';
      const since = alive.get(token);
      if (since === undefined) return false;
      return lifeMs === null || millisecondsBetween(since, clock.now()) < lifeMs;
    },
    revokeAll: () => alive.clear(),
    granted: () => count,
  };
}
