import type { Role } from '#business/apis';
import type { Person, PersonOutcome } from '#platform/identity';
import type { PersonView } from './person-schema.ts';

/** A person in the API's words. Roles are checked when they are given. */
export const personView = ({ role, sites, ...person }: Person): PersonView => ({
  ...person,
  role: role as Role,
  ...(sites === undefined ? {} : { sites: [...sites] }),
});

const problems = {
  taken: 'user-name-taken',
  absent: 'not-found',
  'last-keeper': 'last-administrator',
  provider: 'said-by-provider',
} as const;

/** Why something was not done about a person. */
export const personProblem = ({ refused, because }: Extract<PersonOutcome, { readonly ok: false }>) => ({
  problem: problems[refused],
  detail: because,
});

/** What is wrong with the warehouses that are named. */
export const siteFailures = (named: readonly string[] | null | undefined, known: readonly string[]) =>
  (named ?? []).flatMap((site, index) =>
    known.includes(site)
      ? []
      : [
          {
            code: 'unknown-site',
            path: `/sites/${index}`,
            message: `There is no warehouse ${site}; there are ${known.join(', ')}.`,
          },
        ],
  );
