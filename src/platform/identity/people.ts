import type { Clock } from '#model/kernel';
import { type AuditAction, recordAction } from '#platform/audit';
import { type Database, inTransaction } from '#platform/storage';
import { type LinkKind, type LinkNeeds, makeLink, type SignInLink } from './links.ts';
import { onlyKeeper } from './only-keeper.ts';
import { isUserName, type Person, type PersonRow, personOf, personTarget, type Roles } from './person.ts';
import type { Store } from './sessions.ts';
import { anybody, insertPerson, lockPerson, selectPeople, selectPerson, updatePerson } from './sql/people.ts';

/** Somebody who shall be able to sign in. */
export interface NewPerson {
  readonly userName: string;
  readonly name: string;
  readonly role: string;
  readonly sites?: readonly string[];
}

/** What shall be otherwise; what is absent stays. `sites` null: sees everything. */
export interface PersonChange {
  readonly name?: string;
  readonly role?: string;
  readonly sites?: readonly string[] | null;
  readonly disabled?: boolean;
}

/**
 * `taken`: somebody else has the user name. `absent`: there is nobody of that name. `last-keeper`: nobody would be left who may make
 * others. `provider`: the identity provider says that of them.
 */
export type PersonRefusal = 'taken' | 'absent' | 'last-keeper' | 'provider';

export type PersonOutcome =
  | { readonly ok: true; readonly person: Person }
  | { readonly ok: false; readonly refused: PersonRefusal; readonly because: string };

/** Who may sign in, and what is done about them. `by`: `person:jane`. Every act stands in the audit of `person:<user name>`. */
export interface PeopleDesk {
  list(): Promise<readonly Person[]>;
  find(userName: string): Promise<Person | undefined>;
  /** False: nobody can sign in yet. */
  isAnybodyThere(): Promise<boolean>;
  /** Throws `RangeError` naming a member that cannot be. */
  add(person: NewPerson, by: string): Promise<PersonOutcome>;
  /** In force on every node within a second; whoever is disabled has no session any more. */
  change(userName: string, change: PersonChange, by: string): Promise<PersonOutcome>;
  /** A link that is good once, for `hours` (default 24). `direct` ones are for the program's own use. */
  link(
    userName: string,
    by: string,
    options?: { readonly kind?: LinkKind; readonly hours?: number },
  ): Promise<SignInLink | { readonly refused: 'absent' | 'provider' | 'disabled'; readonly because: string }>;
  /** Ends every session of somebody; undefined when there is nobody of that name. */
  endSessions(userName: string, by: string): Promise<number | undefined>;
  /** When a session ends, by its id. */
  sessionEndsAt(id: string): Promise<string | undefined>;
}

export interface PeopleNeeds extends LinkNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly roles: Roles;
}

const usualHours = 24;
const refuse = (refused: PersonRefusal, because: string): PersonOutcome => ({ ok: false, refused, because });
const nobody = (userName: string): PersonOutcome => refuse('absent', `There is nobody called ${userName}.`);

/** Opens the desk for people. */
export function createPeopleDesk(needs: PeopleNeeds): PeopleDesk {
  const { database, clock, roles, sessions } = needs;
  const { pool } = database;

  const record = (store: Store, userName: string, action: string, by: string, details: AuditAction['details']) =>
    recordAction(store, { target: personTarget(userName), action, by, at: clock.now(), details });

  function checkRole(role: string): void {
    if (!roles.names.includes(role)) {
      throw new RangeError(`role ${JSON.stringify(role)}: there is no such role, only ${roles.names.join(', ')}`);
    }
  }

  async function find(userName: string): Promise<Person | undefined> {
    const row = (await pool.query<PersonRow>(selectPerson, [userName])).rows[0];
    return row && personOf(row);
  }

  return {
    list: async () => (await pool.query<PersonRow>(selectPeople)).rows.map(personOf),
    find,
    isAnybodyThere: async () => (await pool.query<{ is_there: boolean }>(anybody)).rows[0]?.is_there === true,
    add: async ({ userName, name, role, sites }, by) => {
      checkRole(role);
      if (!isUserName(userName)) {
        throw new RangeError(`userName ${JSON.stringify(userName)}: at most 40 of a-z, 0-9, . _ -, a letter first`);
      }
      if (name.trim() === '' || name.length > 80) throw new RangeError('name: give their name, at most 80 characters');
      return inTransaction(database, async (client) => {
        const row = (
          await client.query<PersonRow>(insertPerson, [userName, name, role, sites ?? null, 'local', null, null])
        ).rows[0];
        if (row === undefined) return refuse('taken', `There is somebody called ${userName} already.`);
        await record(client, userName, 'add', by, {
          name,
          role,
          ...(sites === undefined ? {} : { sites: [...sites] }),
        });
        return { ok: true, person: personOf(row) };
      });
    },
    change: async (userName, change, by) => {
      if (change.role !== undefined) checkRole(change.role);
      return inTransaction(database, async (client) => {
        // Before the row itself, and by everyone in this order.
        const keeps = (next: Pick<PersonChange, 'role' | 'sites' | 'disabled'>): boolean =>
          next.disabled !== true && (next.role ?? roles.keeper) === roles.keeper && (next.sites ?? null) === null;
        const isLast = !keeps(change) && (await onlyKeeper(client, roles)) === userName;
        const found = (await client.query<PersonRow>(lockPerson, [userName])).rows[0];
        if (found === undefined) return nobody(userName);
        if (isLast) {
          const because = `${userName} is the only ${roles.keeper}: make another first, or nobody could make people any more.`;
          return refuse('last-keeper', because);
        }
        if (found.provider === 'oidc' && (change.role !== undefined || change.sites !== undefined)) {
          return refuse('provider', `The identity provider says role and sites of ${userName}: change them there.`);
        }
        const before = personOf(found);
        const { name = found.name, role = found.role, disabled = before.disabled } = change;
        const sites = change.sites === undefined ? found.sites : change.sites;
        const row = (await client.query<PersonRow>(updatePerson, [userName, name, role, sites, disabled])).rows[0];
        if (row === undefined) return nobody(userName);
        if (disabled && !before.disabled) await sessions.endAll(client, userName);
        const told = Object.entries(change).filter(([, value]) => value !== undefined);
        const action = disabled === before.disabled ? 'change' : disabled ? 'disable' : 'enable';
        await record(client, userName, action, by, JSON.parse(JSON.stringify(Object.fromEntries(told))));
        return { ok: true, person: personOf(row) };
      });
    },
    link: async (userName, by, { kind = 'password', hours = usualHours } = {}) => {
      const person = await find(userName);
      if (person === undefined) return { refused: 'absent', because: `There is nobody called ${userName}.` };
      if (person.disabled) return { refused: 'disabled', because: `${userName} is disabled: enable them first.` };
      if (person.provider === 'oidc') {
        return { refused: 'provider', because: `${userName} signs in with the identity provider.` };
      }
      return makeLink(needs, { userName, by, kind, hours });
    },
    endSessions: async (userName, by) => {
      if ((await find(userName)) === undefined) return undefined;
      return inTransaction(database, async (client) => {
        const ended = await sessions.endAll(client, userName);
        await record(client, userName, 'end-sessions', by, { sessions: ended });
        return ended;
      });
    },
    sessionEndsAt: (id) => sessions.endsAt(id),
  };
}
