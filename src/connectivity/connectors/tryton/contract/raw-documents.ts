import type { Raw, Row } from './raw.ts';
import { facts, fresh } from './target.ts';

export interface RawLine {
  readonly item: string;
  readonly quantity: number;
  readonly price?: string;
}

/** A draft sale as the connector would write it. */
export async function draftSale(
  raw: Raw,
  lines: readonly RawLine[],
  customer: string = facts.customer,
): Promise<number> {
  const [party] = await raw.rows('party.party', [['code', '=', customer]], ['addresses']);
  const [warehouse] = await raw.rows(
    'stock.location',
    [
      ['type', '=', 'warehouse'],
      ['code', '=', facts.north],
    ],
    [],
  );
  const products = await raw.rows(
    'product.product',
    [['code', 'in', lines.map(({ item }) => item)]],
    ['code', 'default_uom', 'account_category.customer_taxes_used'],
  );
  const [address] = (party?.addresses ?? []) as readonly number[];
  const values = lines.map(({ item, quantity, price }, index) => {
    const product = products.find(({ code }) => code === item);
    const category = product?.['account_category.'] as { customer_taxes_used: readonly number[] };
    return {
      type: 'line',
      sequence: index + 1,
      product: product?.id,
      quantity,
      unit: product?.default_uom,
      unit_price: { __class__: 'Decimal', decimal: price ?? '2.55' },
      taxes: [['add', category.customer_taxes_used]],
    };
  });
  const [sale = 0] = await raw.call<readonly number[]>('model.sale.sale.create', [
    {
      party: party?.id,
      warehouse: warehouse?.id,
      invoice_address: address,
      shipment_address: address,
      reference: fresh('raw'),
      lines: [['create', values]],
    },
  ]);
  return sale;
}

/** A sale that was confirmed and processed. */
export async function confirmedSale(raw: Raw, lines: readonly RawLine[]): Promise<number> {
  const sale = await draftSale(raw, lines);
  await raw.call('model.sale.sale.quote', [sale]);
  await raw.call('model.sale.sale.confirm', [sale]);
  return sale;
}

export const stateOf = async (raw: Raw, model: string, id: number): Promise<unknown> =>
  (await raw.read(model, id, ['state'])).state;

export interface RawMove {
  readonly id: number;
  readonly origin: string;
  readonly quantity: number;
  readonly state: string;
}
export interface RawShipment {
  readonly id: number;
  readonly state: string;
  readonly outgoing: readonly RawMove[];
  readonly inventory: readonly RawMove[];
}

/** The shipments of a sale with their moves, oldest first. */
export async function shipmentsOf(raw: Raw, sale: number): Promise<readonly RawShipment[]> {
  const moves = ['origin', 'quantity', 'state'];
  const row = await raw.read('sale.sale', sale, [
    'shipments.state',
    ...moves.map((field) => `shipments.outgoing_moves.${field}`),
    ...moves.map((field) => `shipments.inventory_moves.${field}`),
  ]);
  const shipments = row['shipments.'] as readonly (Row & { id: number; state: string })[];
  return shipments
    .map((shipment) => ({
      id: shipment.id,
      state: shipment.state,
      outgoing: shipment['outgoing_moves.'] as readonly RawMove[],
      inventory: shipment['inventory_moves.'] as readonly RawMove[],
    }))
    .toSorted((a, b) => a.id - b.id);
}

export async function onlyShipment(raw: Raw, sale: number): Promise<RawShipment> {
  const [shipment, ...others] = await shipmentsOf(raw, sale);
  if (shipment === undefined || others.length > 0)
    throw new Error(`the sale ${sale} has ${others.length + 1} shipments`);
  return shipment;
}

/** Presses buttons of a shipment one after the other. */
export async function pressAll(raw: Raw, shipment: number, ...buttons: readonly string[]): Promise<void> {
  for (const button of buttons) await raw.call(`model.stock.shipment.out.${button}`, [shipment]);
}
