import { type OrderDocument, orderToCash } from '#business/flows';
import type { OrderRun, OrderRuns, RecordedLine } from '../needs.ts';

type Start = Parameters<OrderRuns['start']>[0];
type Delivery = Parameters<OrderRuns['deliver']>[0][number];

export interface FakeRuns extends OrderRuns {
  readonly started: Start[];
  readonly delivered: Delivery[];
  readonly journals: Map<string, readonly RecordedLine[]>;
  /** Puts a run elsewhere, as the flow would. */
  move(key: string, change: Partial<Omit<OrderRun, 'document'>>, document?: Partial<OrderDocument>): void;
  /** Thrown by `start`. */
  failWith?: Error;
}

const at = '2026-03-01T09:30:00.000Z';
const watchMs = 5;

/** An engine in memory that runs nothing: orders stay where a test puts them. Claims and message ids are remembered as the real one's. */
export function createFakeRuns(): FakeRuns {
  const runs = new Map<string, OrderRun>();
  const claims = new Map<string, { readonly key: string; readonly fingerprint: string }>();
  const taken = new Set<string>();
  const name = (flow: string, key: string): string => `${flow}/${key}`;
  const fake: FakeRuns = {
    started: [],
    delivered: [],
    journals: new Map(),
    async start(run) {
      if (fake.failWith !== undefined) throw fake.failWith;
      fake.started.push(run);
      const claim = `${run.claim.scope} ${run.claim.key}`;
      const held = claims.get(claim);
      if (held !== undefined) {
        return { outcome: held.fingerprint === run.claim.fingerprint ? 'repeated' : 'conflicting', key: held.key };
      }
      claims.set(claim, { key: run.key, fingerprint: run.claim.fingerprint });
      runs.set(name(run.flow, run.key), {
        key: run.key,
        state: orderToCash.table.start,
        visit: 1,
        phase: 'forward',
        document: orderToCash.table.begin(run.input, { now: at, key: run.key, messageId: 'm' }),
        open: [],
        cases: [],
        startedAt: at,
        updatedAt: at,
      });
      return { outcome: 'started', key: run.key };
    },
    async deliver(messages) {
      for (const message of messages) {
        const id = `${name(message.flow, message.key)} ${message.source} ${message.id}`;
        if (!taken.has(id)) fake.delivered.push(message);
        taken.add(id);
      }
    },
    async waitFor(flow, key, until, timeoutMs) {
      const end = performance.now() + timeoutMs;
      while (performance.now() < end) {
        const run = runs.get(name(flow, key));
        if (run !== undefined && until(run)) return run;
        await new Promise((resolve) => setTimeout(resolve, watchMs));
      }
      return undefined;
    },
    view: async (flow, key) => runs.get(name(flow, key)),
    journal: async (flow, key) => fake.journals.get(name(flow, key)) ?? [],
    move(key, change, document = {}) {
      const run = runs.get(name(orderToCash.name, key));
      if (run === undefined) throw new Error(`no order ${key}`);
      const visit = run.visit + 1;
      const next = { ...run, visit, ...change, document: { ...(run.document as OrderDocument), ...document } };
      runs.set(name(orderToCash.name, key), next);
    },
  };
  return fake;
}
