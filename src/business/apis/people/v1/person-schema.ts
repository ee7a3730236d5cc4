import { type Static, Type } from 'typebox';
import { closed, Identifier, InstantText } from '#model/canonical';

const optional = Type.Optional;

export const roles = ['viewer', 'operator', 'steward', 'supervisor', 'administrator'] as const;
export type Role = (typeof roles)[number];
export const RoleName = Type.Unsafe<Role>({ type: 'string', enum: [...roles] });

export const UserName = Type.String({
  pattern: '^[a-z][a-z0-9._-]{0,39}$',
  description: 'Lower case.',
  examples: ['olga'],
});

/** Who may sign in. */
export const PersonView = Type.Object(
  {
    userName: UserName,
    name: Type.String(),
    role: RoleName,
    sites: optional(
      Type.Array(Type.String(), { description: 'Sees only what these warehouses have a part of; absent: all.' }),
    ),
    provider: Type.Unsafe<'local' | 'oidc'>({ type: 'string', enum: ['local', 'oidc'] }),
    disabled: Type.Boolean(),
    createdAt: InstantText,
    lastSignInAt: optional(InstantText),
  },
  closed,
);
export type PersonView = Static<typeof PersonView>;

/** Who I am and what I may. */
export const Me = Type.Object(
  {
    userName: UserName,
    name: Type.String(),
    role: RoleName,
    sites: optional(Type.Array(Type.String())),
    scopes: Type.Array(Type.String()),
    sessionEndsAt: InstantText,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/me/1' },
);
export type Me = Static<typeof Me>;

export const NewPerson = Type.Object(
  {
    userName: UserName,
    name: Identifier('Their name.', 80),
    role: RoleName,
    sites: optional(Type.Array(Identifier('A warehouse.', 40), { maxItems: 100, minItems: 1 })),
  },
  closed,
);

/** Good once, for a short time: whoever opens it chooses a password. Shown once. */
export const SignInLink = Type.Object({ path: Type.String(), endsAt: InstantText }, closed);
