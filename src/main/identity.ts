import { setTimeout as wait } from 'node:timers/promises';
import { knownScopes, knowsSites, roles, scopesOf } from '#business/apis';
import { systemClock } from '#model/kernel';
import type { Log } from '#platform/engine/runtime';
import { createIdentity, type Identity, type PeopleDesk } from '#platform/identity';
import type { Database, Leadership } from '#platform/storage';
import type { ReadOidc } from './identity-settings.ts';
import { createOutgoingFetch } from './outgoing-fetch.ts';

export interface IdentityParts {
  readonly database: Database;
  /** An identity provider beside the people who are kept here. */
  readonly provider: ReadOidc | undefined;
  readonly lead: Leadership['lead'];
  readonly log: Log;
}

/** What the installation means by its roles. */
export const ourRoles = { names: roles, keeper: 'administrator', scopes: scopesOf } as const;

/** Who may sign in, for those who add people from outside a running node. */
export const peopleOf = (database: Database): PeopleDesk =>
  createIdentity({ database, clock: systemClock, roles: ourRoles }).people;

const forgetEveryMs = 3_600_000;

/** People and the ways by which they come in. */
export function openIdentity({ database, provider, lead, log }: IdentityParts): {
  readonly identity: Identity;
  stop(): Promise<void>;
} {
  const identity = createIdentity({
    database,
    clock: systemClock,
    roles: ourRoles,
    ...(provider === undefined
      ? {}
      : {
          oidc: {
            settings: provider.settings,
            fetch: createOutgoingFetch(provider.outgoing),
            // What only a person can be asked is of no token.
            isScope: (scope) => knownScopes.has(scope) && scope !== 'people:self',
            knowsSites,
          },
        }),
  });
  const sweep = lead('forget-sessions', async (signal) => {
    while (!signal.aborted) {
      await identity.forget().catch((thrown: unknown) => log('sessions-not-forgotten', { message: String(thrown) }));
      await wait(forgetEveryMs, undefined, { signal }).catch(() => undefined);
    }
  });
  return { identity, stop: () => sweep.stop() };
}
