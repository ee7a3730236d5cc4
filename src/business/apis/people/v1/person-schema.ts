import { type Static, Type } from 'typebox';
import { type Role, roles } from '#business/apis';
import { closed, Identifier, InstantText, PlainText } from '#model/canonical';

const optional = Type.Optional;

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

const Name = PlainText('Their name.', 80);
const Sites = Type.Array(Identifier('A warehouse.', 40), { maxItems: 100, minItems: 1, uniqueItems: true });

export const NewPerson = Type.Object(
  { userName: UserName, name: Name, role: RoleName, sites: optional(Sites) },
  closed,
);

/** What is absent stays as it is. */
export const PersonChange = Type.Object(
  {
    name: optional(Name),
    role: optional(RoleName),
    sites: optional(Type.Union([Sites, Type.Null()], { description: 'Null: sees all warehouses.' })),
    disabled: optional(Type.Boolean({ description: 'True ends their sessions and lets them in no more.' })),
  },
  { ...closed, minProperties: 1 },
);

/** Good once, for a short time: whoever opens it chooses a password. Shown once. */
export const SignInLink = Type.Object({ path: Type.String(), endsAt: InstantText }, closed);
