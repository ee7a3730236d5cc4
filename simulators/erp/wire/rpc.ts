import type { Books } from '../models/books.ts';
import type { Registry } from '../records/registry.ts';
import { type CallContext, type CallDetails, type Commit, type Transaction, transact } from '../records/transaction.ts';
import { findMethod, splitContext } from './dispatch.ts';
import { wantsFreshSession } from './model-methods.ts';
import { crash, httpRefusal, keyError } from './refusals.ts';
import type { Caller, Sessions } from './sessions.ts';

/** The one database that is served; it is the path of every call but the server's own. */
export const database = 'erp';
const version = '6.0.29';

/** A call, its envelope taken off. */
export interface Request {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly method: string;
  readonly params: readonly unknown[];
  /** Microseconds since 1970 when it came in. */
  readonly at: number;
}

export interface RpcNeeds {
  readonly books: Books;
  readonly registry: Registry;
  readonly sessions: Sessions;
  readonly now: () => number;
  readonly committed: (commit: Commit) => void;
  /** Throws when the database is to give way to somebody else's transaction. */
  readonly beforeWork: (method: string) => void;
}

/** Answers calls, or throws a refusal. */
export type Rpc = (request: Request) => unknown;

function serverAnswer(method: string): unknown {
  if (method === 'common.server.version') return version;
  if (method === 'common.db.list') throw httpRefusal(403, 'Listing databases is switched off.');
  throw keyError(method);
}

export function createRpc({ books, registry, sessions, now, committed, beforeWork }: RpcNeeds): Rpc {
  const run = <Answer>(details: Omit<CallDetails, 'now'>, work: (transaction: Transaction) => Answer): Answer =>
    transact(books, { ...details, now }, committed, work);
  const inside = (user: number, context: CallContext, at: number) => ({ user, context, at });

  const asCaller = (request: Request, caller: Caller): unknown => {
    const { method, params, at } = request;
    const prepared = findMethod(registry, method);
    const { rest, context } = splitContext(params);
    const answer = run(inside(caller.user, context, at), (transaction) => {
      if (wantsFreshSession.has(method)) sessions.requireFresh(transaction, caller);
      beforeWork(method);
      return prepared(rest, transaction);
    });
    sessions.used(caller, now());
    return answer;
  };

  return (request) => {
    const { path, method, params, at, authorization } = request;
    if (path === '/') return serverAnswer(method);
    if (path !== `/${database}/`) throw httpRefusal(404, 'The requested URL was not found on the server.');
    if (!Array.isArray(params)) throw crash('Value after * must be an iterable, not NoneType');
    if (method === 'common.db.login') {
      return run(inside(0, {}, at), (transaction) => sessions.logIn(transaction, params));
    }
    const caller = sessions.callerOf(authorization);
    if (caller === undefined) throw httpRefusal(401, 'Unauthorized');
    if (method === 'common.db.logout') {
      return run(inside(caller.user, {}, at), (transaction) => {
        sessions.logOut(transaction, caller);
        return null;
      });
    }
    return asCaller(request, caller);
  };
}
