import { setTimeout as wait } from 'node:timers/promises';
import { createDials, createScripts, readLedger, type Simulator, type SimulatorNeeds } from '../kit/index.ts';
import { erpActions } from './actions.ts';
import { callTexts } from './call-texts.ts';
import { type ErpDials, erpDials } from './erp-dials.ts';
import { accessDenied, ErpScript, lockConflict, meansErpCall } from './erp-script.ts';
import { createBooks } from './models/books.ts';
import { createRegistry } from './models/registry.ts';
import { openCommitLog } from './records/commit-log.ts';
import { type Transaction, transact } from './records/transaction.ts';
import { seed } from './seed/seed.ts';
import { logins } from './seed/seed-company.ts';
import { seededAt } from './seed/seeded-at.ts';
import { createMicroClock } from './wire/clock.ts';
import { openEnvelope, type Sent } from './wire/envelope.ts';
import { spoil, stopped } from './wire/faults.ts';
import { type Incoming, type Outgoing, startHttpServer } from './wire/http-server.ts';
import { refusalOf } from './wire/refusals.ts';
import { page, type Reply, refusalReply, resultReply } from './wire/reply.ts';
import { createRpc, database } from './wire/rpc.ts';
import { createSessions } from './wire/sessions.ts';

export interface ErpOptions {
  /** One password for every user. */
  readonly password: string;
  /** Where commits are kept; absent: the books end with the process. */
  readonly commitFile?: string;
  /** The ledger's file, to find what a crash kept from it. Given together with `commitFile`. */
  readonly ledgerFile?: string;
}

const toldCommits = (file: string | undefined): ReadonlySet<number> =>
  new Set(file === undefined ? [] : readLedger(file).map(({ commit }) => Number(commit)));

const reading = /\.(read|search|search_read|search_count|on_change|fields_get|default_get|get_preferences)$/;
const writes = (method: string): boolean => !reading.test(method);

/** Starts an ERP that speaks Tryton 6.0's JSON-RPC, as far as an order integration uses it. */
export async function startErp(needs: SimulatorNeeds, options: ErpOptions): Promise<Simulator> {
  const { world, ledger } = needs;
  const { password, commitFile, ledgerFile } = options;
  const now = createMicroClock();
  const books = createBooks();
  const registry = createRegistry(books);
  seed(books, world, await seededAt(world, commitFile, now()));
  const commits = await openCommitLog({ books, file: commitFile, ledger, told: toldCommits(ledgerFile) });
  const dials = createDials<ErpDials>({ seed: needs.seed, extra: erpDials });
  const scripts = createScripts(ErpScript);
  const sessions = createSessions(books, { password, timeoutMs: () => dials.current().sessionTimeoutMs });
  const rpc = createRpc({
    books,
    registry,
    sessions,
    now,
    committed: commits.record,
    beforeWork: (method) => {
      const { conflictRate, denied } = dials.current();
      if (denied.includes(method)) throw accessDenied(method);
      if (conflictRate > 0 && writes(method) && dials.random() < conflictRate) throw lockConflict();
    },
  });

  const work = (incoming: Incoming, sent: Sent, at: number): Reply => {
    const { path, authorization } = incoming;
    try {
      return resultReply(sent, rpc({ path, authorization, method: sent.method, params: sent.params, at }));
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === undefined) throw thrown;
      return refusalReply(sent, refusal);
    }
  };

  const scriptFor = ({ method, params }: Sent): ErpScript | undefined => {
    if (scripts.list().length === 0) return undefined;
    const texts = callTexts(books, method, Array.isArray(params) ? params : []);
    return scripts.take((candidate) => meansErpCall(candidate, method, texts));
  };

  const answer = async (incoming: Incoming): Promise<Outgoing> => {
    if (incoming.verb !== 'POST') return page(405, 'The method is not allowed for the requested URL.');
    if (incoming.path === `/${database}`) {
      return { ...page(308, 'Permanent redirect'), headers: { location: `/${database}/` } };
    }
    const at = now();
    const sent = openEnvelope(incoming.body);
    if (sent === undefined) return page(500, 'Value after * must be an iterable, not NoneType');
    const weather = dials.weather();
    const script = scriptFor(sent);
    const delayMs = weather.delayMs + (script?.delayMs ?? 0);
    if (delayMs > 0) await wait(delayMs);
    const stop = stopped(sent, weather, script?.behaviour);
    if (stop !== undefined) return stop;
    const reply = work(incoming, sent, at);
    await commits.settled();
    return spoil(reply, weather, script?.behaviour);
  };

  const server = await startHttpServer(needs.port, answer, () => dials.current().outage);
  const run = async (act: (transaction: Transaction) => void): Promise<void> => {
    transact(books, { user: 1, context: {}, at: now(), now }, commits.record, act);
    await commits.settled();
  };
  return {
    url: server.url,
    details: { database, users: Object.fromEntries(logins.map((login) => [login, login])), password },
    dials: {
      current: dials.current,
      turn: (changes) => {
        const turned = dials.turn(changes);
        if (turned.outage) server.cut();
        return turned;
      },
    },
    scripts,
    actions: erpActions(run, sessions),
    stop: async () => {
      await server.close();
      await commits.close();
    },
  };
}
