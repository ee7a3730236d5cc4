import { setTimeout as pause } from 'node:timers/promises';
import type { OrderView } from './observed.ts';

/** Waits until an order is as asked; answers the last view, or undefined when it was not so in time. */
export type Watch = (
  orderNumber: string,
  until: (view: OrderView) => boolean,
  timeoutMs: number,
) => Promise<OrderView | undefined>;

export interface PollingOptions {
  readonly firstMs?: number;
  readonly slowestMs?: number;
}

/** Watches by asking again and again, more seldom while nothing changes. */
export function pollingWatch(
  ask: (orderNumber: string) => Promise<OrderView>,
  { firstMs = 120, slowestMs = 1_000 }: PollingOptions = {},
): Watch {
  return async (orderNumber, until, timeoutMs) => {
    const deadline = performance.now() + timeoutMs;
    let interval = firstMs;
    let state = '';
    while (performance.now() < deadline) {
      const view = await ask(orderNumber);
      if (until(view)) return view;
      interval = view.state === state ? Math.min(slowestMs, interval * 1.4) : firstMs;
      state = view.state;
      await pause(interval);
    }
    return undefined;
  };
}
