import type { Contender } from '../contender.ts';
import { boundedCall, type Calls } from '../work/calls.ts';
import { beginDocument } from '../work/order-document.ts';
import {
  applyShipment,
  confirmationOf,
  type OrderStep,
  stepsAfterShipment,
  stepsBeforeShipment,
} from '../work/order-steps.ts';

/** The same calls and the same work on the document; nothing is written down. */
export function createUndurable(calls: Calls): Contender {
  let advances = 0;
  return {
    advances: () => advances,
    run: async (order) => {
      let document = beginDocument(order);
      const take = async (step: OrderStep): Promise<void> => {
        const key = `order:${order.orderNumber}:${step.name}:once`;
        const answer = await calls.call(step.name, boundedCall(key), step.ask(document), order.lines.length);
        document = step.apply(document, answer);
        advances += 1;
      };
      for (const step of stepsBeforeShipment) await take(step);
      document = applyShipment(document, confirmationOf(order.orderNumber, document.lines));
      // That, and the intake.
      advances += 2;
      for (const step of stepsAfterShipment) await take(step);
    },
    close: () => calls.close(),
  };
}
