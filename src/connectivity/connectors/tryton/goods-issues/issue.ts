import type { GoodsIssue, GoodsIssueRequest } from '#model/capabilities';
import { Fault, foundDone, type Inquiry, notDone } from '#model/kernel';
import type { Directory } from '../directory/index.ts';
import type { Erp } from '../erp.ts';
import { giveUpMoves } from '../exceptions.ts';
import { press } from '../records.ts';
import { idOf } from '../wire.ts';
import { type Delivery, isIssued, isOpen, readDelivery, type ShipmentRow } from './delivery.ts';
import { planIssue, stillToIssue } from './plan.ts';
import { ship } from './ship.ts';

const mostRounds = 3;

/** Ships what left and is not booked yet; reads the delivery back, because a button may have been skipped without a word. */
async function issueAll(erp: Erp, request: GoodsIssueRequest, warehouse: number, sale: number): Promise<Delivery> {
  let delivery = await readDelivery(erp, sale);
  for (let round = 0; round < mostRounds; round += 1) {
    const left = stillToIssue(request, delivery);
    if (left.size === 0) return delivery;
    for (const plan of planIssue(left, delivery, warehouse)) await ship(erp, plan, request);
    delivery = await readDelivery(erp, sale);
  }
  if (stillToIssue(request, delivery).size === 0) return delivery;
  throw new Fault('ambiguous', {
    code: 'shipment-not-done',
    message: `The shipment ${request.shipmentNumber} is not done in Tryton after every button was pressed.`,
  });
}

/**
 * The sale did not hear yet of its shipments (a queue, or its processing met a lock): shipped goods stand on no invoice, or it waits
 * though nothing is open.
 */
const awaitsProcessing = ({ invoice_method: method, shipment_state, 'shipments.': shipments }: Delivery): boolean =>
  (shipment_state === 'waiting' && !shipments.some(isOpen)) ||
  (method === 'shipment' &&
    shipments.some(
      (shipment) =>
        shipment.state === 'done' &&
        shipment['outgoing_moves.'].some((move) => move.state === 'done' && move.invoice_lines.length === 0),
    ));

async function processed(erp: Erp, delivery: Delivery): Promise<Delivery> {
  if (!awaitsProcessing(delivery)) return delivery;
  await press(erp, 'sale.sale', 'process', [delivery.id]);
  return readDelivery(erp, delivery.id);
}

async function cancelOpen(erp: Erp, delivery: Delivery): Promise<Delivery> {
  const open = delivery['shipments.'].filter(isOpen).map(({ id }) => id);
  if (open.length === 0) return delivery;
  await press(erp, 'stock.shipment.out', 'cancel', open);
  return processed(erp, await readDelivery(erp, delivery.id));
}

/** Nothing more follows: what the sale would still ship is cancelled, and the sale is told not to wait for it. */
async function giveUpTheRest(erp: Erp, delivery: Delivery): Promise<void> {
  const after = await cancelOpen(erp, delivery);
  if (after['shipments.'].some(isOpen)) {
    const message = `A shipment of the sale ${delivery.id} could not be cancelled in Tryton.`;
    throw new Fault('ambiguous', { code: 'rest-not-cancelled', message });
  }
  if (after.shipment_state !== 'exception') return;
  const moves = after['shipments.'].flatMap((shipment) => shipment['outgoing_moves.']);
  const cancelled = moves.filter(({ state }) => state === 'cancelled').map(({ id }) => id);
  await giveUpMoves(erp, delivery.id, cancelled);
}

const answerFor = (shipment: ShipmentRow): GoodsIssue => ({
  id: String(shipment.id),
  reference: shipment.number ?? String(shipment.id),
});

/** The document of this shipment; where nothing left at all, the last one of the sale. */
function issuedIn(delivery: Delivery, shipmentNumber: string): GoodsIssue {
  const shipments = delivery['shipments.'];
  const found = shipments.find((shipment) => isIssued(shipment, shipmentNumber)) ?? shipments.at(-1);
  if (found !== undefined) return answerFor(found);
  const message = `The sale ${delivery.id} has no shipment in Tryton.`;
  throw new Fault('business', { code: 'nothing-open', message });
}

/** Books what left. Asked again, it goes on from what Tryton shows: the warehouse's number on a shipment is the mark. */
export async function issue(erp: Erp, directory: Directory, request: GoodsIssueRequest): Promise<GoodsIssue> {
  const warehouse = await directory.warehouses.idOf(erp, request.site);
  const delivery = await processed(erp, await issueAll(erp, request, warehouse, idOf(request.booking.id)));
  if (request.final) await giveUpTheRest(erp, delivery);
  return issuedIn(delivery, request.shipmentNumber);
}

/** Done means all of it: shipped, invoiced in draft, and the rest given up where nothing more follows. */
export async function findIssue(erp: Erp, request: GoodsIssueRequest): Promise<Inquiry<GoodsIssue>> {
  const delivery = await readDelivery(erp, idOf(request.booking.id));
  if (stillToIssue(request, delivery).size > 0 || awaitsProcessing(delivery)) return notDone;
  if (request.final && (delivery['shipments.'].some(isOpen) || delivery.shipment_state === 'exception')) return notDone;
  return delivery['shipments.'].length === 0 ? notDone : foundDone(issuedIn(delivery, request.shipmentNumber));
}
