import { isSeenBy } from '#business/apis';
import { type OrderDocument, orderToCash } from '#business/flows';
import type { OrderRun, OrderRuns } from './needs.ts';

/** Whose orders a caller may see and touch. */
export interface Reader {
  readonly by: string;
  /** The only warehouses of which they see anything; absent: all. */
  readonly sites?: readonly string[];
  readonly may: (scope: string) => boolean;
}

/** A key sees what its own consumer submitted; with this scope it sees every order. */
export const readAll = 'orders:read-all';

/** The document is this flow's own; its shape was checked when it was written. */
export const documentOf = (run: OrderRun): OrderDocument => run.document as OrderDocument;

/** The warehouses that have a part in the order; none before it is planned. */
export const sitesOf = ({ plan, bookings, fulfilments }: OrderDocument): readonly string[] => [
  ...new Set([...plan, ...bookings, ...fulfilments].flatMap(({ site }) => site ?? [])),
];

/** The order's run if the caller may see it; for them an order of somebody else is one that does not exist. */
export async function findOrder(engine: OrderRuns, orderNumber: string, reader: Reader): Promise<OrderRun | undefined> {
  const run = await engine.view(orderToCash.name, orderNumber);
  if (run === undefined) return undefined;
  const document = documentOf(run);
  const isTheirs = reader.may(readAll) || document.given.source === reader.by;
  return isTheirs && isSeenBy(reader.sites, sitesOf(document)) ? run : undefined;
}

/** What is answered for an order that the caller cannot see. */
export const noSuchOrder = (orderNumber: string) => ({
  problem: 'not-found',
  detail: `There is no order ${orderNumber} that you may see.`,
});

const undecided: ReadonlySet<string> = new Set(['checking', 'reserving', 'booking']);

/** Is it confirmed, held, waiting for stock or at its end? Before that only machines are at work on it. */
export const isDecided = (run: OrderRun): boolean => run.phase === 'ended' || !undecided.has(run.state);

/** Waits for the order to come so far; ends early when the node closes. Answers the run as it then is. */
export const waitForOrder = (
  engine: OrderRuns,
  orderNumber: string,
  until: (run: OrderRun) => boolean,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<OrderRun | undefined> =>
  waitForRun(engine, { flow: orderToCash.name, key: orderNumber }, until, timeoutMs, closing);

/** The same for any run. */
export async function waitForRun(
  engine: OrderRuns,
  { flow, key }: { readonly flow: string; readonly key: string },
  until: (run: OrderRun) => boolean,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<OrderRun | undefined> {
  if (closing.aborted) return undefined;
  let stopWaiting = (): void => undefined;
  const closed = new Promise<undefined>((resolve) => {
    stopWaiting = () => resolve(undefined);
    closing.addEventListener('abort', stopWaiting, { once: true });
  });
  try {
    return await Promise.race([engine.waitFor(flow, key, until, timeoutMs), closed]);
  } finally {
    closing.removeEventListener('abort', stopWaiting);
  }
}
