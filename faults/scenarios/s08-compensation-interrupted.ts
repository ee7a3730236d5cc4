import { setTimeout as wait } from 'node:timers/promises';
import { sample } from '../kit/crash-matrix.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts, lanterns } from '../kit/world.ts';

const outageMs = 800;

/** An order of two warehouses whose cancellation finds one booking done and one on its way. */
async function cancelWhileBooking(stage: Stage, during: () => Promise<void>): Promise<void> {
  const purchaseOrder = stage.client.freshPurchaseOrder();
  const on = 'model.sale.sale.confirm';
  await stage.script('erp', [{ on, text: purchaseOrder, behaviour: 'delay', delayMs: 1_200 }]);
  const orderNumber = await stage.submit([hearts(2), lanterns(2)], { purchaseOrder });
  await stage.reaches(orderNumber, ['booking']);
  await stage.cancel(orderNumber, 'bought elsewhere');
  await during();
  await stage.atRest([orderNumber]);
}

async function outage(stage: Stage): Promise<void> {
  await stage.dial('erp', { outage: true });
  await wait(outageMs);
  await stage.systems.erp.dial({ outage: false });
}

export const s08: Scenario = {
  id: 'S08',
  title: 'crash and outage during compensation',
  holds: 'compensated or parked, never half',
  // The one whose ERP goes away while it is undone.
  mayPark: { causes: ['undo-failed-book-in-erp'], most: 1 },
  // A confirmation that is under way when the ERP goes away is still carried out: within the declared time, as it must be.
  setting: { erp: { lateCommitSeconds: 2, concurrency: 8 } },
  drive: async (stage) => {
    const points = ['before-send', 'after-send', 'after-settle'];
    const plans = points.flatMap((point) => [
      ...[1, 2].map((nth) => ({ point, effect: 'book-in-erp', undo: true as const, nth })),
      // What it did first is undone last: stock and purchase order, once for each order.
      ...['reserve-stock', 'claim-purchase-order'].map((effect) => ({ point, effect, undo: true as const, nth: 1 })),
    ]);
    for (const plan of stage.isShort ? sample(stage, plans, 2) : plans) {
      // Each node counts what it does itself, and of an order one booking is taken back or both: so many that one of two nodes
      // surely does it a second time.
      const orders = plan.nth === 1 ? 1 : 4;
      const died = await stage.crash(plan, async () => {
        for (let order = 0; order < orders; order += 1) await cancelWhileBooking(stage, async () => undefined);
      });
      stage.must(`a node dies while it undoes: ${plan.point} ${plan.effect} ${plan.nth}`, died);
    }
    await cancelWhileBooking(stage, () => outage(stage));
    // What was undone holds up nobody: stock and lanes are there for the next.
    await stage.atRest([await stage.submit([hearts(2), lanterns(2)])]);
  },
};
