import { mustBeToldToTheEnd, winOpportunity } from './crm.ts';
import type { Stage } from './scenario.ts';
import { hearts } from './world.ts';

/** A way through the flows, and the effects that only it, or it as well, asks. */
export interface Journey {
  readonly effects: readonly string[];
  /** Goes all the way once. */
  readonly travel: (stage: Stage) => Promise<void>;
}

/** From the API to its invoice, with goods from one warehouse. */
const sold: Journey = {
  effects: [
    'check-customer',
    'check-prices',
    'claim-purchase-order',
    'reserve-stock',
    'book-in-erp',
    'release-to-warehouse',
    'issue-goods',
    'take-out-of-stock',
    'post-invoice',
    'release-stock',
    'release-purchase-order',
  ],
  travel: async (stage) => stage.atRest([await stage.submit([hearts(3)])]),
};

/** Cancelled when its warehouse has it, which agrees to stop. */
const stopped: Journey = {
  effects: ['request-cancellation', 'withdraw-booking', 'give-stock-back'],
  travel: async (stage) => {
    const purchaseOrder = stage.client.freshPurchaseOrder();
    await stage.script('north', [{ purchaseOrder, behaviour: 'accept-cancellation' }]);
    const orderNumber = await stage.submit([hearts(3)], { purchaseOrder });
    await stage.reaches(orderNumber, ['fulfilling']);
    await stage.cancel(orderNumber, 'bought elsewhere');
    await stage.atRest([orderNumber]);
  },
};

/** Of an opportunity that was won; the CRM is told of it to its end. */
const won: Journey = {
  effects: ['tell-crm'],
  travel: async (stage) => mustBeToldToTheEnd(stage, [await winOpportunity(stage)]),
};

/**
 * Every effect that the kit can stage. Two it cannot. `send-notice`: the kit has no mail server, and an interrupted notice is no matter of
 * once or twice but a person's; `connectors/smtp-notices` and the engine's `doubt.int` test that. `invoice-charges`: the world of the faults
 * sells no charges, for the checker takes whatever is invoiced and did not leave as invoiced twice; `compensation.unit` fails it in each way, and
 * its call is `post-invoice`'s, which is interrupted here.
 */
export const journeys: readonly Journey[] = [sold, stopped, won];
