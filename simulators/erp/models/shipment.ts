import { inventoryMoves, outgoingMoves, saleName, saleOfMove, shipmentKey } from '../business/sale.ts';
import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import type { Books } from './books.ts';
import { children, column, computed, link, newestFirst, shown } from './fields.ts';
import type { ShipmentRow } from './rows.ts';

function origins(books: Books, shipment: ShipmentRow): string {
  const names = outgoingMoves(books, shipment).flatMap((move) => {
    const sale = saleOfMove(books, move);
    return sale === undefined ? [] : [saleName(sale)];
  });
  return [...new Set(names)].join(', ');
}

/** Deliveries to customers. They are made by sales only. */
export const shipmentModel = (books: Books): Model =>
  defineModel<ShipmentRow>({
    name: 'stock.shipment.out',
    label: 'Customer Shipment',
    table: books.shipments,
    fields: {
      company: link('company.company', 'Company'),
      number: column('char', 'Number'),
      reference: column('char', 'Reference'),
      customer: link('party.party', 'Customer'),
      delivery_address: link('party.address', 'Delivery Address'),
      warehouse: link('stock.location', 'Warehouse'),
      planned_date: column('date', 'Planned Date'),
      effective_date: column('date', 'Effective Date'),
      state: column('selection', 'State'),
      origins: shown('char', 'Origins', (row) => origins(books, row)),
      moves: computed(
        'one2many',
        'Moves',
        ({ id }) => newestFirst(books.moves.by('shipment', shipmentKey(id))),
        'stock.move',
      ),
      outgoing_moves: {
        ...children<ShipmentRow>('stock.move', 'shipment', 'Outgoing Moves', (row) =>
          newestFirst(outgoingMoves(books, row)),
        ),
        searchable: false,
      },
      inventory_moves: {
        ...children<ShipmentRow>('stock.move', 'shipment', 'Inventory Moves', (row) =>
          newestFirst(inventoryMoves(books, row)),
        ),
        searchable: false,
      },
      partially_assigned: shown(
        'boolean',
        'Partially Assigned',
        (row) => row.state === 'waiting' && inventoryMoves(books, row).some(({ state }) => state === 'assigned'),
      ),
      warehouse_storage: shown(
        'many2one',
        'Warehouse Storage',
        ({ warehouse }) => books.locations.must(warehouse).storage_location,
        'stock.location',
      ),
      warehouse_output: shown(
        'many2one',
        'Warehouse Output',
        ({ warehouse }) => books.locations.must(warehouse).output_location,
        'stock.location',
      ),
    },
    order: [
      ['effective_date', 'ASC', 'LAST'],
      ['id', 'ASC'],
    ],
    recordName: ({ number }) => number,
    open: ['write'],
  });
