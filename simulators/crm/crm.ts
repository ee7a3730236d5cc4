import { setTimeout as wait } from 'node:timers/promises';
import { Type } from 'typebox';
import { type Clock, systemClock } from '#model/kernel';
import {
  createDials,
  createScripts,
  meansCall,
  type Simulator,
  type SimulatorNeeds,
  type Weather,
} from '../kit/index.ts';
import { crmActions } from './actions.ts';
import { CrmScript, scriptedRefusals } from './crm-script.ts';
import { createRecords } from './records.ts';
import { type Refusal, type Reply, refusalReply, refuse } from './refusal.ts';
import { type Ask, nameOf, rest } from './rest.ts';
import { SchemaChanges } from './schema-changes.ts';
import { seed } from './seed.ts';
import { type Incoming, type Outgoing, startServer } from './server.ts';
import { createPages } from './soql/pages.ts';
import { createTokens } from './tokens.ts';

/** The CRM's own dials. */
interface CrmDials {
  /** A token dies so long after it was given, ms; null: never. */
  readonly tokenLifeMs: number | null;
  /** Records in a page of a query, and of a list inside it. */
  readonly queryBatch: number;
  readonly childBatch: number;
  /** Requests that the organisation may make; more are refused with REQUEST_LIMIT_EXCEEDED. */
  readonly requestLimit: number;
  /** Fields that an administrator changed. */
  readonly schemaChanges: SchemaChanges;
}

const extraDials = {
  schemas: {
    tokenLifeMs: Type.Union([Type.Null(), Type.Number({ minimum: 0 })]),
    queryBatch: Type.Integer({ minimum: 1, maximum: 2_000 }),
    childBatch: Type.Integer({ minimum: 1, maximum: 2_000 }),
    requestLimit: Type.Integer({ minimum: 0 }),
    schemaChanges: SchemaChanges,
  },
  defaults: {
    tokenLifeMs: null,
    queryBatch: 2_000,
    childBatch: 200,
    requestLimit: 1_000_000_000,
    schemaChanges: {},
  } as CrmDials,
};

const failure = refuse(
  500,
  'UNKNOWN_EXCEPTION',
  'An unexpected error occurred. Please include this ErrorId if you contact support',
);

type Behaviour = CrmScript['behaviour'];

/** What stops a request before anything is done. */
function stopped(weather: Weather, behaviour: Behaviour | undefined): Outgoing | undefined {
  if (weather.retryAfterSeconds !== undefined) {
    const refusal = refuse(429, 'TOO_MANY_REQUESTS', 'Too many requests; wait and try again');
    return { ...refusalReply(refusal), headers: { 'retry-after': String(weather.retryAfterSeconds) } };
  }
  if (weather.fail || behaviour === 'error-before') return refusalReply(failure);
  const refusals: Readonly<Record<string, Refusal>> = scriptedRefusals;
  const refusal = behaviour === undefined ? undefined : refusals[behaviour];
  return refusal === undefined ? undefined : refusalReply(refusal);
}

/** What becomes of an answer on its way out. */
function spoil(reply: Reply, weather: Weather, behaviour: Behaviour | undefined): Outgoing {
  if (behaviour === 'error-after') return refusalReply(failure);
  if (behaviour === 'html-200') return { ...reply, spoilt: 'html' };
  if (behaviour === 'truncate') return { ...reply, spoilt: 'truncated' };
  if (weather.loseAnswer || behaviour === 'lose-answer') return { ...reply, spoilt: 'lost' };
  return reply;
}

/** Starts a CRM organisation that speaks Salesforce's REST API, as far as an order integration uses it. */
export async function startCrm(needs: SimulatorNeeds, clock: Clock = systemClock): Promise<Simulator> {
  const records = createRecords(clock);
  seed(records, needs.world);
  const tokens = createTokens(needs.seed, clock);
  const pages = createPages();
  const dials = createDials<CrmDials>({ seed: needs.seed, extra: extraDials });
  const scripts = createScripts(CrmScript);
  let requests = 0;

  const withFaults = async (on: string, texts: readonly string[], work: () => Promise<Reply>): Promise<Outgoing> => {
    const weather = dials.weather();
    const script = scripts.take((candidate) => meansCall(candidate, on, texts));
    const delayMs = weather.delayMs + (script?.delayMs ?? 0);
    if (delayMs > 0) await wait(delayMs);
    return stopped(weather, script?.behaviour) ?? spoil(await work(), weather, script?.behaviour);
  };

  const data = async (incoming: Incoming, version: string, path: readonly string[]): Promise<Outgoing> => {
    const { method, url, authorization, body } = incoming;
    const { schemaChanges: changes, ...sizes } = dials.current();
    const ask: Ask = { method, version, path, query: url.searchParams, body, sizes, changes };
    const { on, texts } = nameOf(ask, records);
    const { tokenLifeMs, requestLimit } = dials.current();
    requests += 1;
    const outgoing = await withFaults(on, texts, async () => {
      if (!tokens.good(authorization, tokenLifeMs)) return refusalReply(scriptedRefusals['session-expired']);
      if (requests > requestLimit) return refusalReply(scriptedRefusals['limit-exceeded']);
      return rest({ records, pages, ledger: needs.ledger }, ask);
    });
    return {
      ...outgoing,
      headers: { ...outgoing.headers, 'sforce-limit-info': `api-usage=${requests}/${requestLimit}` },
    };
  };

  const answer = async (incoming: Incoming): Promise<Outgoing> => {
    const { method, url, body } = incoming;
    if (method === 'POST' && url.pathname === '/services/oauth2/token') {
      return withFaults('token', [], async () => tokens.grant(new URLSearchParams(body), server.url));
    }
    const match = /^\/services\/data\/(v\d+\.\d)\/(.+?)\/?$/.exec(url.pathname);
    const [, version, path] = match ?? [];
    if (version === undefined || path === undefined) {
      return refusalReply(refuse(404, 'NOT_FOUND', 'The requested resource does not exist'));
    }
    return data(incoming, version, path.split('/').map(decodeURIComponent));
  };

  const server = await startServer(needs.port, answer, () => dials.current().outage);
  return {
    url: server.url,
    details: { credentials: tokens.credentials },
    dials,
    scripts,
    actions: crmActions({ records, tokens, currency: needs.world.currency, clock, requests: () => requests }),
    stop: () => server.close(),
  };
}
