import type { OidcSettings, RoleRule } from './settings.ts';

/** A person as the identity provider tells them. */
export interface ToldPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly userName: string;
  readonly name: string;
  readonly role: string;
  readonly sites?: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

/** Own members only: a claim is never something that every object has. */
const claim = (claims: Claims, name: string): unknown => (Object.hasOwn(claims, name) ? claims[name] : undefined);

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');

/** A user name of ours from theirs: `Jane.Doe@example.com` is `jane.doe`. Undefined where nothing is left. */
function userNameFrom(theirs: unknown): string | undefined {
  if (typeof theirs !== 'string') return undefined;
  const [local = ''] = theirs.toLowerCase().split('@');
  const plain = local
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40);
  return plain === '' ? undefined : plain;
}

const ruleOf = (claims: Claims, { roleClaim = 'groups', roles }: OidcSettings): RoleRule | undefined => {
  const has = texts(claim(claims, roleClaim));
  return roles.find(({ value }) => has.includes(value));
};

/** Who an ID token is about; or what is missing: a role of ours, or a name. */
export function personFrom(claims: Claims, settings: OidcSettings): ToldPerson | 'no-role' | 'no-name' {
  const { issuer, userNameClaim = 'preferred_username' } = settings;
  const subject = claim(claims, 'sub');
  const userName = userNameFrom(claim(claims, userNameClaim));
  if (typeof subject !== 'string' || subject === '' || userName === undefined) return 'no-name';
  const rule = ruleOf(claims, settings);
  if (rule === undefined) return 'no-role';
  const called = claim(claims, 'name');
  return {
    issuer,
    subject,
    userName,
    name: typeof called === 'string' && called.trim() !== '' ? called.slice(0, 80) : userName,
    role: rule.role,
    ...(rule.sites === undefined ? {} : { sites: rule.sites }),
  };
}
