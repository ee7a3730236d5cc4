import type { Clock } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { type Database, inTransaction } from '#platform/storage';
import type { Passwords } from './password.ts';
import { isUserName, personTarget } from './person.ts';
import type { BegunSession, Sessions } from './sessions.ts';
import { noteSignIn, selectPassword, setPassword } from './sql/people.ts';
import type { Tries } from './tries.ts';

export interface SignInNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly tries: Tries;
}

export interface Credentials {
  readonly userName: string;
  readonly password: string;
  readonly address: string;
}

export type SignedIn =
  | { readonly session: BegunSession; readonly userName: string }
  /** Whoever is refused is not told why: not even whether there is somebody of that name. */
  | { readonly refused: 'credentials' }
  | { readonly refused: 'too-often'; readonly seconds: number };

/** What is tried for names that are nobody's stands in one chain, without the name: people type passwords there. */
const unknownTarget = 'sign-in:unknown';

async function refuse({ database, clock }: SignInNeeds, known: string | undefined, address: string): Promise<SignedIn> {
  await recordAction(database.pool, {
    target: known === undefined ? unknownTarget : personTarget(known),
    action: 'sign-in-failed',
    by: 'nobody',
    at: clock.now(),
    details: { address },
  });
  return { refused: 'credentials' };
}

/** Signs somebody in by name and password, with a new session each time. As slow for a name that is nobody's as for a wrong password. */
export async function signIn(needs: SignInNeeds, { userName, password, address }: Credentials): Promise<SignedIn> {
  const { database, clock, passwords, sessions, tries } = needs;
  const name = isUserName(userName) ? userName : undefined;
  if (name !== undefined) {
    const seconds = await tries.take(name, address);
    if (seconds > 0) return { refused: 'too-often', seconds };
  }
  const { rows } = await database.pool.query<{ user_name: string; password: string | null }>(selectPassword, [
    name ?? '',
  ]);
  const kept = rows[0]?.password ?? undefined;
  if (!(await passwords.proves(password, kept)) || name === undefined || kept === undefined) {
    return refuse(needs, rows[0]?.user_name, address);
  }
  const renewed = passwords.isOutdated(kept) ? await passwords.hash(password) : undefined;
  const session = await inTransaction(database, async (client) => {
    if (renewed !== undefined) await client.query(setPassword, [name, renewed]);
    await client.query(noteSignIn, [name]);
    const begun = await sessions.begin(client, name, address);
    await recordAction(client, {
      target: personTarget(name),
      action: 'sign-in',
      by: personTarget(name),
      at: clock.now(),
      details: { with: 'a password', address, session: begun.id },
    });
    return begun;
  });
  await tries.succeeded(name, address);
  return { session, userName: name };
}
