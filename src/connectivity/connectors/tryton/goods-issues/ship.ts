import { Type } from 'typebox';
import { compare, Fault, sum, zero } from '#model/kernel';
import type { Erp } from '../erp.ts';
import { press, readOne, write } from '../records.ts';
import { fromQuantity, reader, rowsOf, toDate, toQuantity } from '../wire.ts';
import { ShipmentRow } from './delivery.ts';
import type { ShipmentPlan } from './plan.ts';

const readFlag = reader(Type.Boolean());
const readShipments = rowsOf(ShipmentRow);
const fields = [
  'number',
  'reference',
  'state',
  'warehouse',
  ...['origin', 'quantity', 'state', 'invoice_lines'].map((field) => `outgoing_moves.${field}`),
  ...['origin', 'quantity', 'state'].map((field) => `inventory_moves.${field}`),
];

const model = 'stock.shipment.out';
const readIt = (erp: Erp, id: number): Promise<ShipmentRow> => readOne(erp, readShipments, model, id, fields);

type InventoryMove = ShipmentRow['inventory_moves.'][number];
const movesFor = (shipment: ShipmentRow, outgoing: number): readonly InventoryMove[] =>
  shipment['inventory_moves.'].filter(
    ({ origin, state }) => origin === `stock.move,${outgoing}` && state !== 'cancelled',
  );

/** The shipment picks exactly what the plan says. */
const agrees = (shipment: ShipmentRow, plan: ShipmentPlan): boolean =>
  shipment['outgoing_moves.'].every(
    ({ id }) =>
      compare(
        sum(movesFor(shipment, id).map(({ quantity }) => fromQuantity(quantity))),
        plan.quantities.get(id) ?? zero,
      ) === 0,
  );

/** Moves can be written only while they are drafts: assignment is taken back, which makes new ones. */
async function asDrafts(erp: Erp, shipment: ShipmentRow): Promise<ShipmentRow> {
  const untouched =
    shipment.state === 'waiting' && shipment['inventory_moves.'].every(({ state }) => state === 'draft');
  if (untouched) return shipment;
  await press(erp, model, 'wait', [shipment.id]);
  return readIt(erp, shipment.id);
}

/** Writes into the picking list what was really picked, and the warehouse's number for it. */
async function enterPicks(erp: Erp, shipment: ShipmentRow, plan: ShipmentPlan, marks: Marks): Promise<void> {
  const changes = shipment['outgoing_moves.'].flatMap(({ id }): unknown[] => {
    const quantity = plan.quantities.get(id);
    const [first, ...others] = movesFor(shipment, id);
    const surplus = (quantity === undefined ? [first, ...others] : others).flatMap((move) => (move ? [move.id] : []));
    const removed = surplus.length > 0 ? [['delete', surplus]] : [];
    if (quantity === undefined || first === undefined || fromQuantity(first.quantity) === quantity) return removed;
    return [...removed, ['write', [first.id], { quantity: toQuantity(quantity) }]];
  });
  await write(erp, model, [shipment.id], {
    reference: marks.shipmentNumber,
    effective_date: toDate(marks.shippedAt.slice(0, 10)),
    ...(changes.length > 0 ? { inventory_moves: changes } : {}),
  });
}

/**
 * Assigns the picks. The warehouse has shipped, so where Tryton finds too little it is made to: its books were wrong, not the
 * goods. Nothing is picked unassigned: without the right to force it, that is `not-enough-stock`.
 */
async function assign(erp: Erp, shipment: number): Promise<void> {
  if (await erp.act(readFlag, `model.${model}.assign_try`, [[shipment]])) return;
  try {
    await press(erp, model, 'assign_force', [shipment]);
  } catch (thrown) {
    if (!(thrown instanceof Fault) || (thrown.kind !== 'business' && thrown.code !== 'not-allowed-in-erp'))
      throw thrown;
    const message = `Tryton has too little stock for the shipment ${shipment} and this user may not force it.`;
    throw new Fault('business', { code: 'not-enough-stock', message }, thrown);
  }
  const { state } = await readIt(erp, shipment);
  if (state === 'waiting' || state === 'draft') {
    const message = `The shipment ${shipment} stays "${state}" in Tryton though it was assigned by force.`;
    throw new Fault('business', { code: 'not-enough-stock', message });
  }
}

export interface Marks {
  readonly shipmentNumber: string;
  readonly shippedAt: string;
}

/** Presses, from where the shipment stands, what is left to press. */
async function advance(erp: Erp, shipment: ShipmentRow, plan: ShipmentPlan, marks: Marks): Promise<void> {
  const picked = shipment.state === 'picked' || shipment.state === 'packed';
  if (picked && !agrees(shipment, plan)) {
    const message = `Somebody picked other quantities for ${shipment.number} in Tryton; cancel that shipment there, or correct it.`;
    throw new Fault('business', { code: 'picked-otherwise', message });
  }
  if (picked) {
    await write(erp, model, [shipment.id], { reference: marks.shipmentNumber });
  } else if (shipment.state !== 'assigned' || shipment.reference !== marks.shipmentNumber || !agrees(shipment, plan)) {
    await enterPicks(erp, await asDrafts(erp, shipment), plan, marks);
    await assign(erp, shipment.id);
  }
  if (!picked) await press(erp, model, 'pick', [shipment.id]);
  if (shipment.state !== 'packed') await press(erp, model, 'pack', [shipment.id]);
  await press(erp, model, 'done', [shipment.id]);
}

export const ship = (erp: Erp, plan: ShipmentPlan, marks: Marks): Promise<void> =>
  advance(erp, plan.shipment, plan, marks);
