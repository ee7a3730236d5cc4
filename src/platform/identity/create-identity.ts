import type { Clock } from '#model/kernel';
import type { PeopleDoor } from '#platform/gateway';
import type { Database } from '#platform/storage';
import { createPeopleDoor } from './door.ts';
import { createBearerCheck, type ProveBearer } from './oidc/bearer.ts';
import { comeIn } from './oidc/come-in.ts';
import { createIssuer } from './oidc/issuer.ts';
import { createOidcSignIn } from './oidc/oidc-sign-in.ts';
import type { OidcSettings, OutgoingFetch } from './oidc/settings.ts';
import { createPasswords, type PasswordCost } from './password.ts';
import { createPeopleDesk, type PeopleDesk } from './people.ts';
import type { Roles } from './person.ts';
import { createSessions, type SessionOptions } from './sessions.ts';
import { forgetLinks, forgetSessions, forgetTries } from './sql/sessions.ts';
import { createTries } from './tries.ts';

export interface IdentityNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly roles: Roles;
  /** An identity provider beside the people who are kept here. */
  readonly oidc?: {
    readonly settings: OidcSettings;
    readonly fetch: OutgoingFetch;
    /** Scopes that a token may carry. */
    readonly isScope: (scope: string) => boolean;
    readonly knowsSites: (scope: string) => boolean;
  };
}

export interface IdentityOptions extends SessionOptions {
  /** Of keeping a password; quicker in tests. */
  readonly passwordCost?: PasswordCost;
}

/** Who people are, and how they come in. */
export interface Identity {
  readonly people: PeopleDesk;
  readonly door: PeopleDoor;
  /** Absent: no access tokens are taken. */
  readonly proveBearer?: ProveBearer;
  /** Throws away sessions, links and tries that are long over. */
  forget(): Promise<void>;
}

/** Opens the room: people and their sessions in the database, and the door by which they come. */
export function createIdentity(given: IdentityNeeds, options: IdentityOptions = {}): Identity {
  const { database, clock, roles, oidc } = given;
  const passwords = createPasswords(options.passwordCost);
  const sessions = createSessions(database, roles, options);
  const tries = createTries(database);
  const needs = { database, clock, roles, passwords, sessions, tries };
  const issuer = oidc && createIssuer(oidc.settings, oidc.fetch);
  const door = createPeopleDoor({
    ...needs,
    ...(oidc === undefined || issuer === undefined
      ? {}
      : {
          oidc: {
            name: oidc.settings.name,
            signIn: createOidcSignIn({
              settings: oidc.settings,
              issuer,
              comeIn: (told, address) => comeIn(needs, told, address),
            }),
          },
        }),
  });
  const bearer = oidc?.settings.bearer;
  return {
    people: createPeopleDesk(needs),
    door,
    ...(oidc === undefined || issuer === undefined || bearer === undefined
      ? {}
      : {
          proveBearer: createBearerCheck({
            issuer,
            settings: { ...oidc.settings, bearer },
            isScope: oidc.isScope,
            knowsSites: oidc.knowsSites,
          }),
        }),
    forget: async () => {
      for (const statement of [forgetSessions, forgetLinks, forgetTries]) await database.pool.query(statement);
    },
  };
}
