import type { Database } from '#platform/storage';
import { type FactPage, type FactQuery, readFacts } from './read-facts.ts';
import { createSubscription, type Subscription } from './subscription.ts';
import type { Repeats, SubscriptionRequest } from './subscription-request.ts';
import { createWakeLine } from './wake-line.ts';

/** Who takes facts, without its patience: what else may tell it facts, or ask about them. */
export type Subscriber = Pick<SubscriptionRequest, 'name' | 'types' | 'handle' | 'took' | 'schemas'> & {
  readonly version: string;
  readonly repeats: Repeats;
};

/** Where facts are read. */
export interface Backbone {
  /** What the cursor could not see yet, in order per key. Throws `ForeignCursor` after a restore, `TypeError` on a broken cursor. */
  readFacts(query: FactQuery): Promise<FactPage>;
  /** Hands facts to `handle` as they are committed, from its stored place on. */
  subscribe(request: SubscriptionRequest): Subscription;
  /** Who subscribes here under this name. */
  subscriber(name: string): Subscriber | undefined;
  /** Names of all who subscribe here. */
  subscriberNames(): readonly string[];
  /** Facts were committed: give this to the engine as `onFacts`. */
  wake(): void;
  /** Ends every subscription after what is under way. */
  close(): Promise<void>;
}

/**
 * Opens the backbone on a migrated database. Takes one connection of the pool for good.
 *
 * ```ts
 * const backbone = createBackbone({ database });
 * const engine = await createEngine({ database, flows, providers, onFacts: backbone.wake });
 * backbone.subscribe({ name: 'news', types: ['order.held'], handle: async (facts) => { … } });
 * ```
 */
export function createBackbone(needs: {
  readonly database: Database;
  readonly log?: (event: string, details: Readonly<Record<string, string>>) => void;
}): Backbone {
  const { database, log = () => undefined } = needs;
  const line = createWakeLine(database, log);
  const subscriptions = new Set<Subscription>();
  const subscribers = new Map<string, Subscriber>();
  return {
    readFacts: (query) => readFacts(database.pool, query),
    subscribe: (request) => {
      const subscription = createSubscription({ database, line, log }, request);
      subscriptions.add(subscription);
      const { version = '1', repeats = 'doubles', ...rest } = request;
      subscribers.set(request.name, { ...rest, version, repeats });
      return subscription;
    },
    subscriber: (name) => subscribers.get(name),
    subscriberNames: () => [...subscribers.keys()],
    wake: line.wake,
    close: async () => {
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
      await line.close();
    },
  };
}
