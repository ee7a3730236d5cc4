import type { Clock } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { type Database, inTransaction } from '#platform/storage';
import { onlyKeeper } from '../only-keeper.ts';
import { type PersonRow, personTarget, type Roles } from '../person.ts';
import type { BegunSession, Sessions } from '../sessions.ts';
import { insertPerson, noteSignIn, selectBySubject, updatePerson } from '../sql/people.ts';
import type { ToldPerson } from './claims.ts';

export interface ComeInNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly roles: Pick<Roles, 'keeper'>;
}

/** `name-taken`: somebody else here has that user name. `disabled`: we do not let them in, whatever the provider says. */
export type CameIn =
  | { readonly session: BegunSession; readonly userName: string }
  | { readonly refused: 'name-taken' | 'disabled' };

/**
 * Lets somebody in whom the identity provider has proven, with the role and the sites that it says today. They are known by issuer and
 * subject and never by name: who is called as somebody else here is not that one. The only one who may make others stays so whatever the
 * provider says, and the audit says that, until there is another.
 */
export function comeIn(needs: ComeInNeeds, told: ToldPerson, address: string): Promise<CameIn> {
  const { database, clock, sessions, roles } = needs;
  const { issuer, subject, name } = told;
  return inTransaction(database, async (client) => {
    const record = (userName: string, action: string, details: Readonly<Record<string, string>>) =>
      recordAction(client, {
        target: personTarget(userName),
        action,
        by: personTarget(userName),
        at: clock.now(),
        details: { ...details, with: 'the identity provider' },
      });
    const keeps = told.role === roles.keeper && told.sites === undefined;
    const last = keeps ? undefined : await onlyKeeper(client, roles);
    const known = (await client.query<PersonRow>(selectBySubject, [issuer, subject])).rows[0];
    const isLast = known !== undefined && known.user_name === last;
    const { role, sites = null } = isLast ? { role: known.role } : told;
    const person =
      known ??
      (await client.query<PersonRow>(insertPerson, [told.userName, name, role, sites, 'oidc', issuer, subject]))
        .rows[0];
    if (person === undefined) return { refused: 'name-taken' } as const;
    const userName = person.user_name;
    if (person.disabled_at !== null) {
      await record(userName, 'sign-in-failed', { address, because: 'disabled' });
      return { refused: 'disabled' } as const;
    }
    if (known !== undefined) await client.query(updatePerson, [userName, name, role, sites, false]);
    const isOther = known === undefined || known.role !== role || JSON.stringify(known.sites) !== JSON.stringify(sites);
    if (isOther) {
      const of = sites === null ? {} : { sites: sites.join(', ') };
      await record(userName, known === undefined ? 'add' : 'change', { name, role, ...of });
    }
    if (isLast) {
      const because = `${userName} is the only ${role}: make another first, or nobody could make people any more.`;
      await record(userName, 'role-kept', { role, told: told.role, because });
    }
    await client.query(noteSignIn, [userName]);
    const session = await sessions.begin(client, userName, address);
    await record(userName, 'sign-in', { address, session: session.id });
    return { session, userName };
  });
}
