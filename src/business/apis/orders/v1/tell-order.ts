import { orderToCash } from '#business/flows';
import type { EventType } from '#platform/engine';
import type { Intent } from '#platform/gateway';
import type { OrderAct, OrderRun, OrderRuns, OrdersNeeds } from './needs.ts';
import { waitForOrder, waitForRun } from './order-run.ts';

/** Long enough for one advance; the caller gets the state as it is then. */
const brieflyMs = 2_000;

interface Telling<Data> {
  readonly needs: Pick<OrdersNeeds, 'engine' | 'orderAudit'>;
  readonly run: OrderRun;
  /** Who decided. */
  readonly by: string;
  readonly intent: Intent;
  readonly type: EventType<Data>;
  readonly data: Data;
  /** As what it stands in the audit, and with what. */
  readonly act: Pick<OrderAct, 'action' | 'details'>;
  /** The order has taken it. */
  readonly until: (run: OrderRun) => boolean;
  readonly waitMs: number;
  readonly closing: AbortSignal;
}

/** The same for the same intent, so that telling twice is telling once. */
export const messageIdOf = (by: string, { key }: Intent): string => `${by}:${key}`;

/** Delivers a caller's decision to an order, durably, audited and once for each intent; answers the order after it took it. */
export async function tellOrder<Data>(telling: Telling<Data>): Promise<OrderRun> {
  const { needs, run, by, intent, type, data, act, until, waitMs, closing } = telling;
  const { engine, orderAudit } = needs;
  const id = messageIdOf(by, intent);
  await orderAudit({ order: run.key, by, message: id, ...act, isRepeated: intent.repeated });
  await engine.deliver([{ flow: orderToCash.name, key: run.key, id, source: by, type: type.name, data }]);
  const taken = await waitForOrder(engine, run.key, until, Math.max(waitMs, brieflyMs), closing);
  return taken ?? (await engine.view(orderToCash.name, run.key)) ?? run;
}

/** Delivers a caller's decision to another run of the order, and waits briefly for it to be taken. */
export async function tellRun<Data>(
  engine: OrderRuns,
  told: Pick<Telling<Data>, 'type' | 'data' | 'until' | 'closing'> & Record<'flow' | 'key' | 'id' | 'source', string>,
): Promise<void> {
  const { flow, key, id, source, type, data, until, closing } = told;
  await engine.deliver([{ flow, key, id, source, type: type.name, data }]);
  await waitForRun(engine, { flow, key }, until, brieflyMs, closing);
}
