import { type Static, Type } from 'typebox';
import type { Erp } from '../erp.ts';
import { readOne } from '../records.ts';
import { Id, Ids, nullable, Quantity, rowsOf, Text } from '../wire.ts';

const moveMembers = { id: Id, origin: Text, quantity: Quantity, state: Type.String() };
const OutgoingMove = Type.Object({ ...moveMembers, invoice_lines: Ids });
const InventoryMove = Type.Object(moveMembers);
export const ShipmentRow = Type.Object({
  id: Id,
  number: Text,
  reference: Text,
  state: Type.String(),
  warehouse: Id,
  'outgoing_moves.': Type.Array(OutgoingMove),
  'inventory_moves.': Type.Array(InventoryMove),
});
export type ShipmentRow = Static<typeof ShipmentRow>;
export type OutgoingMove = Static<typeof OutgoingMove>;

const Row = Type.Object({
  id: Id,
  state: Type.String(),
  invoice_method: Type.String(),
  shipment_state: Type.String(),
  'lines.': Type.Array(
    Type.Object({
      id: Id,
      sequence: nullable(Type.Integer()),
      'product.': Type.Optional(nullable(Type.Object({ code: Text }))),
    }),
  ),
  'shipments.': Type.Array(ShipmentRow),
});
/** A sale with its shipments: stock leaves storage by inventory moves and the house by outgoing moves. */
export type Delivery = Static<typeof Row>;

const readRows = rowsOf(Row);
const fields = [
  'state',
  'invoice_method',
  'shipment_state',
  'lines.sequence',
  'lines.product.code',
  'shipments.number',
  'shipments.reference',
  'shipments.state',
  'shipments.warehouse',
  ...['origin', 'quantity', 'state', 'invoice_lines'].map((field) => `shipments.outgoing_moves.${field}`),
  ...['origin', 'quantity', 'state'].map((field) => `shipments.inventory_moves.${field}`),
];

export const readDelivery = (erp: Erp, sale: number): Promise<Delivery> =>
  readOne(erp, readRows, 'sale.sale', sale, fields);

const openStates = ['draft', 'waiting', 'assigned', 'picked', 'packed'];
export const isOpen = ({ state }: ShipmentRow): boolean => openStates.includes(state);
/** Goods left under this number of the warehouse's. */
export const isIssued = (shipment: ShipmentRow, shipmentNumber: string): boolean =>
  shipment.state === 'done' && shipment.reference === shipmentNumber;

/** The id of the sale's line that an outgoing move serves. */
export const saleLineOf = ({ origin }: OutgoingMove): number | undefined =>
  origin?.startsWith('sale.line,') === true ? Number(origin.slice('sale.line,'.length)) : undefined;
