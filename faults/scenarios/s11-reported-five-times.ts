import { isTaken } from '../../test/index.ts';
import { lookAt } from '../kit/look.ts';
import type { HandReport, Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** An order of ten hearts whose release the warehouse keeps and never ships by itself. */
export async function keptByTheWarehouse(
  stage: Stage,
): Promise<{ readonly orderNumber: string; readonly purchaseOrder: string }> {
  const purchaseOrder = stage.client.freshPurchaseOrder();
  await stage.script('north', [{ purchaseOrder, behaviour: 'accept-cancellation' }]);
  const orderNumber = await stage.submit([hearts(10)], { purchaseOrder });
  await stage.eventually(`the release of ${orderNumber}`, async () =>
    (await stage.ledger('north')).some(
      ({ kind, fulfilmentNumber }) =>
        kind === 'release-received' && String(fulfilmentNumber).startsWith(`${orderNumber}-`),
    )
      ? true
      : undefined,
  );
  return { orderNumber, purchaseOrder };
}

/** Reports by hand, and waits until we have taken each file. */
export async function reportAll(stage: Stage, reports: readonly HandReport[]): Promise<void> {
  const files = [];
  for (const each of reports) files.push(await stage.reportByHand(each));
  for (const file of files) {
    await stage.eventually(`${file} to be taken`, async () =>
      (await isTaken(stage.systems.north.seen, file)) ? true : undefined,
    );
  }
}

export const s11: Scenario = {
  id: 'S11',
  title: 'ship-confirm five times, out of order',
  holds: 'one shipment, one invoice, no step back',
  mustRetry: false,
  drive: async (stage) => {
    const whole = await keptByTheWarehouse(stage);
    const one: HandReport = {
      ...whole,
      shipmentNumber: `H-${whole.orderNumber}`,
      owed: '10',
      shipped: '10',
      status: 'CC',
    };
    const five = stage.faults.plan('one shipment reported five times');
    await reportAll(stage, [one, one, one, one, one]);
    five();
    await stage.atRest([whole.orderNumber]);
    await reportAll(stage, [one, one]);

    const parted = await keptByTheWarehouse(stage);
    const part = { ...one, ...parted };
    const first: HandReport = {
      ...part,
      shipmentNumber: `H-${parted.orderNumber}-1`,
      owed: '10',
      shipped: '6',
      status: 'BP',
    };
    const last: HandReport = {
      ...part,
      shipmentNumber: `H-${parted.orderNumber}-2`,
      owed: '4',
      shipped: '4',
      status: 'CC',
    };
    const reversed = stage.faults.plan('the last part reported first');
    await reportAll(stage, [last, last, first, last, first]);
    reversed();
    await stage.atRest([parted.orderNumber]);
    const shipments = (await lookAt(stage.client, parted.orderNumber))?.shipments.length ?? 0;
    stage.must(`the order in two parts has two shipments, not ${shipments}`, shipments === 2);
    const state = (await lookAt(stage.client, whole.orderNumber))?.state;
    stage.must(`the first stays completed; it is ${state}`, state === 'completed');
  },
};
