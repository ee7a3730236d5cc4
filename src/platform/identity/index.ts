export { createIdentity, type Identity, type IdentityNeeds, type IdentityOptions } from './create-identity.ts';
export type { LinkKind, SignInLink } from './links.ts';
export { KeysAway, type ProveBearer } from './oidc/bearer.ts';
export {
  type BearerSettings,
  type OidcSettings,
  type OutgoingFetch,
  type RoleRule,
  type SignatureAlgorithm,
  signatureAlgorithms,
} from './oidc/settings.ts';
export type { PasswordCost } from './password.ts';
export type { NewPerson, PeopleDesk, PersonChange, PersonOutcome, PersonRefusal } from './people.ts';
export type { Person, Roles } from './person.ts';
