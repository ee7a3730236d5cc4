import type { Clock } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { type Database, inTransaction } from '#platform/storage';
import { type Passwords, passwordFault } from './password.ts';
import { personTarget } from './person.ts';
import type { BegunSession, Sessions } from './sessions.ts';
import { findLink, insertLink, takeLink, voidLinks } from './sql/links.ts';
import { noteSignIn, setPassword } from './sql/people.ts';
import { makeToken, tokenHash } from './token.ts';

/** `password`: whoever opens it chooses one. `direct`: signs in by itself, and is made by the program's own code only. */
export type LinkKind = 'password' | 'direct';

/** A link as it is handed over, once. */
export interface SignInLink {
  /** Below the address of the installation: `/sign-in/link#<token>`. What follows the `#` no browser sends: no server or proxy sees it. */
  readonly path: string;
  readonly endsAt: string;
}

/** What became of opening a link. `unknown`: there is none such, or it was used, or its time is over. */
export type LinkOpened =
  | { readonly session: BegunSession; readonly userName: string }
  | { readonly refused: 'unknown' | 'password-needed' }
  | { readonly refused: 'password-refused'; readonly because: string };

export interface LinkNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
}

export interface NewLink {
  readonly userName: string;
  readonly by: string;
  readonly kind: LinkKind;
  readonly hours: number;
}

/** Makes a link for somebody who is there; the ones before it open nothing any more. */
export function makeLink({ database, clock }: LinkNeeds, { userName, by, kind, hours }: NewLink): Promise<SignInLink> {
  const token = makeToken();
  return inTransaction(database, async (client) => {
    await client.query(voidLinks, [userName]);
    const row = (await client.query<{ ends_at: string }>(insertLink, [tokenHash(token), userName, kind, by, hours]))
      .rows[0];
    const endsAt = row?.ends_at ?? '';
    await recordAction(client, {
      target: personTarget(userName),
      action: 'make-sign-in-link',
      by,
      at: clock.now(),
      details: { kind, endsAt },
    });
    return { path: `/sign-in/link#${token}`, endsAt };
  });
}

/**
 * Opens a link: once, and a link for a password only with one that will do. Whoever chose a new password has ended every session that
 * began with the old one.
 */
export async function openLink(
  { database, clock, passwords, sessions }: LinkNeeds,
  { token, password, address }: { readonly token: string; readonly password?: string; readonly address: string },
): Promise<LinkOpened> {
  const hash = tokenHash(token);
  if (hash === undefined) return { refused: 'unknown' };
  const link = (await database.pool.query<{ user_name: string; kind: LinkKind }>(findLink, [hash])).rows[0];
  if (link === undefined) return { refused: 'unknown' };
  const choosesPassword = link.kind === 'password';
  if (choosesPassword && password === undefined) return { refused: 'password-needed' };
  const fault = choosesPassword ? passwordFault(password ?? '') : undefined;
  if (fault !== undefined) return { refused: 'password-refused', because: fault };
  const kept = choosesPassword ? await passwords.hash(password ?? '') : undefined;
  const userName = link.user_name;
  return inTransaction(database, async (client) => {
    if ((await client.query(takeLink, [hash])).rows.length === 0) return { refused: 'unknown' } as const;
    if (kept !== undefined) {
      await client.query(setPassword, [userName, kept]);
      await sessions.endAll(client, userName);
    }
    await client.query(noteSignIn, [userName]);
    const session = await sessions.begin(client, userName, address);
    await recordAction(client, {
      target: personTarget(userName),
      action: 'sign-in',
      by: personTarget(userName),
      at: clock.now(),
      details: { with: choosesPassword ? 'a link, and chose a password' : 'a link', address, session: session.id },
    });
    return { session, userName };
  });
}
