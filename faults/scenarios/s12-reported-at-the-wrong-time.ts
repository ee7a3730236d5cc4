import type { HandReport, Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';
import { keptByTheWarehouse, reportAll } from './s11-reported-five-times.ts';

export const s12: Scenario = {
  id: 'S12',
  title: 'ship-confirm before the order; and after its cancellation',
  holds: 'the early one waits and is used; the late one becomes a case',
  mustRetry: false,
  mayPark: { causes: ['late-shipment.confirmed'], most: 1 },
  drive: async (stage) => {
    // Numbers follow each other on one node, so the next one is known.
    const at = stage.node(0);
    const next = String(Number(await stage.submit([hearts(1)], { at })) + 1);
    const purchaseOrder = stage.client.freshPurchaseOrder();
    const early: HandReport = {
      orderNumber: next,
      purchaseOrder,
      shipmentNumber: `H-${next}`,
      owed: '10',
      shipped: '10',
      status: 'CC',
    };
    const before = stage.faults.plan('a shipment before its order');
    await stage.script('north', [{ purchaseOrder, behaviour: 'accept-cancellation' }]);
    await reportAll(stage, [early]);
    const number = await stage.submit([hearts(10)], { at, purchaseOrder });
    stage.must(`the order has the number that was reported: ${number}, ${next}`, number === next);
    before();
    await stage.atRest([number]);
    await stage.reaches(number, ['completed']);

    const late = stage.faults.plan('a shipment after its cancellation');
    const kept = await keptByTheWarehouse(stage);
    await stage.cancel(kept.orderNumber, 'bought elsewhere');
    await stage.reaches(kept.orderNumber, ['cancelled']);
    await reportAll(stage, [{ ...early, ...kept, shipmentNumber: `H-${kept.orderNumber}` }]);
    late();
    await stage.eventually('the case', async () => {
      const { story } = await stage.insist((api) => api.narrative(kept.orderNumber));
      return story.some(({ what, summary }) => what === 'case' && /late-shipment/.test(summary)) ? true : undefined;
    });
  },
};
