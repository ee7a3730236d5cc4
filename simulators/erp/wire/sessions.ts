import { randomBytes } from 'node:crypto';
import type { Books } from '../models/books.ts';
import type { Transaction } from '../records/transaction.ts';
import { httpRefusal, loginException } from './refusals.ts';

export interface Caller {
  readonly user: number;
  /** Absent with basic authentication. */
  readonly session?: string;
}

/** Who may call. Sessions are rows of the books and outlive a restart; when they were last used is not kept. */
export interface Sessions {
  /** Answers `[user, session]`. 401 for a wrong name or password. */
  logIn(transaction: Transaction, params: readonly unknown[]): readonly [number, string];
  logOut(transaction: Transaction, caller: Caller): void;
  /** Nobody who is logged in now is known any more. */
  revokeAll(transaction: Transaction): void;
  /** How often each user has logged in, since this process began. */
  logIns(): Readonly<Record<string, number>>;
  /** Who is behind an `Authorization` header; undefined: nobody that is known. */
  callerOf(header: string | undefined): Caller | undefined;
  /** 401, and the session is gone, when it has not been used for longer than the timeout. */
  requireFresh(transaction: Transaction, caller: Caller): void;
  used(caller: Caller, at: number): void;
}

export interface SessionOptions {
  readonly password: string;
  /** How long a session stays fresh without a call, ms. */
  readonly timeoutMs: () => number;
}

const unauthorised = (): Error => httpRefusal(401, 'Unauthorized');

const decoded = (text: string): readonly string[] => Buffer.from(text, 'base64').toString('utf8').split(':');

export function createSessions(books: Books, { password, timeoutMs }: SessionOptions): Sessions {
  const lastUse = new Map<string, number>();
  const logIns = new Map<string, number>();
  const userNamed = (login: unknown) => books.users.by('login', String(login)).find(({ active }) => active);
  const rowsOf = ({ user, session = '' }: Caller) =>
    books.sessions.by('key', session).filter((row) => row.user === user);
  return {
    logIn: (transaction, [login, parameters]) => {
      const given = (parameters ?? {}) as { readonly password?: unknown };
      if (given.password === undefined) throw loginException('password', `Password for ${login}`);
      const user = userNamed(login);
      if (user === undefined || given.password !== password) throw unauthorised();
      const key = randomBytes(32).toString('hex');
      transaction.insert(books.sessions, { user: user.id, key });
      lastUse.set(key, transaction.at);
      logIns.set(user.login, (logIns.get(user.login) ?? 0) + 1);
      return [user.id, key];
    },
    logOut: (transaction, caller) => {
      for (const { id } of rowsOf(caller)) transaction.remove(books.sessions, id);
    },
    revokeAll: (transaction) => {
      for (const { id } of books.sessions.all()) transaction.remove(books.sessions, id);
    },
    logIns: () => Object.fromEntries(logIns),
    callerOf: (header = '') => {
      const [scheme = '', credentials = ''] = header.split(/\s+/, 2);
      if (scheme.toLowerCase() === 'session') {
        const [, user = '', session = ''] = decoded(credentials);
        const caller = { user: Number(user), session };
        return rowsOf(caller).length > 0 ? caller : undefined;
      }
      if (scheme.toLowerCase() !== 'basic') return undefined;
      const [login = '', ...secret] = decoded(credentials);
      const user = userNamed(login);
      return user !== undefined && secret.join(':') === password ? { user: user.id } : undefined;
    },
    requireFresh: (transaction, caller) => {
      const [row] = rowsOf(caller);
      if (row === undefined) return;
      const last = lastUse.get(row.key) ?? row.create_date;
      if (transaction.at - last < timeoutMs() * 1000) return;
      throw unauthorised();
    },
    used: ({ session }, at) => {
      if (session !== undefined) lastUse.set(session, at);
    },
  };
}
