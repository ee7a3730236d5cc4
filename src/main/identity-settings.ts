import { type Static, Type } from 'typebox';
import { roles } from '#business/apis';
import { type ResolveSecret, readSettings, secret } from '#connectivity/kit';
import { failed, ok, type Result } from '#model/kernel';
import type { OutgoingPolicy } from '#platform/alerts';
import { isNetwork } from '#platform/alerts/runtime';
import { type OidcSettings, type SignatureAlgorithm, signatureAlgorithms } from '#platform/identity';
import { outgoingSettings } from './alerts-settings.ts';

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });
const claimName = (description: string) => Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$', description });
const address = (description: string) => Type.String({ pattern: '^https?://[^\\s?#]+$', maxLength: 500, description });
const algorithm = Type.Unsafe<SignatureAlgorithm>({ type: 'string', enum: [...signatureAlgorithms] });

/** An identity provider (OpenID Connect), and what its word means here. */
const oidcSettings = Type.Object(
  {
    name: Type.Optional(text('As people call it: `Sign in with <name>`.')),
    issuer: address('Exactly as its tokens name it.'),
    clientId: text('What it calls this installation.'),
    clientSecret: secret('The client’s secret.'),
    scopes: Type.Optional(Type.Array(claimName('A scope.'), { maxItems: 20, uniqueItems: true })),
    idTokenAlgorithm: Type.Optional(algorithm),
    userNameClaim: Type.Optional(claimName('Default `preferred_username`.')),
    roleClaim: Type.Optional(claimName('Default `groups`.')),
    roles: Type.Array(
      Type.Object(
        {
          value: text('A value of the role claim.'),
          role: Type.Unsafe<(typeof roles)[number]>({ type: 'string', enum: [...roles] }),
          sites: Type.Optional(Type.Array(Type.String(), { minItems: 1, uniqueItems: true })),
        },
        closed,
      ),
      { minItems: 1, maxItems: 200 },
    ),
    bearer: Type.Optional(
      Type.Object(
        {
          audience: text('What an access token must be made for.'),
          algorithms: Type.Optional(Type.Array(algorithm, { minItems: 1, uniqueItems: true })),
          sitesClaim: Type.Optional(claimName('The claim that lists the only warehouses of a caller.')),
        },
        closed,
      ),
    ),
    outgoing: Type.Optional(outgoingSettings),
  },
  closed,
);

/** How people come in. The provider is read apart, with its secret. */
export const identitySettings = Type.Object(
  {
    /** Where browsers find the installation. */
    publicUrl: Type.Optional(Type.String({ pattern: '^https?://[^\\s/?#]+/?$', maxLength: 300 })),
    oidc: Type.Optional(Type.Unknown()),
  },
  closed,
);
export type IdentitySettings = Static<typeof identitySettings>;

/** An identity provider, and where it may be asked. */
export interface ReadOidc {
  readonly settings: OidcSettings;
  readonly outgoing: OutgoingPolicy;
}

/** The identity provider of a configuration with its secret, if there is one, or everything that is wrong with it, each with its place. */
export function readOidc(
  { oidc }: IdentitySettings = {},
  sites: readonly string[],
  resolve: ResolveSecret,
): Result<ReadOidc | undefined, string> {
  if (oidc === undefined) return ok(undefined);
  const read = readSettings(oidcSettings, oidc, resolve);
  if (!read.ok) return failed(read.failures.map(({ path, message }) => `/identity/oidc${path}: ${message}`));
  const { outgoing = {}, name = 'the identity provider', ...rest } = read.value;
  const failures = [
    ...rest.roles.flatMap(({ sites: named = [] }, rule) =>
      named
        .filter((site) => !sites.includes(site))
        .map((site) => `/identity/oidc/roles/${rule}/sites: there is no site ${site}; there are ${sites.join(', ')}`),
    ),
    ...(outgoing.networks ?? []).flatMap((network, index) =>
      isNetwork(network)
        ? []
        : [`/identity/oidc/outgoing/networks/${index}: ${network} is no network; write it as 10.20.0.0/16`],
    ),
  ];
  return failures.length > 0 ? failed(failures) : ok({ settings: { ...rest, name }, outgoing });
}
