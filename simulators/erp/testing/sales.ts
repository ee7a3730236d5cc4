import { type Client, decimalOf, type Row } from './client.ts';

export interface Wanted {
  readonly item: string;
  readonly quantity: number;
  readonly price?: string;
}

/** The values of a sale from NORTH as an integration would send them. */
export async function saleValues(client: Client, lines: readonly Wanted[], changes: object = {}): Promise<object> {
  const customer = '17850';
  const [party] = await client.find('party.party', [['code', '=', customer]], 'addresses');
  const [warehouse] = await client.find('stock.location', [['code', '=', 'NORTH']]);
  const products = await client.find('product.product', [['code', 'in', lines.map(({ item }) => item)]], 'code');
  const [tax] = await client.find('account.tax', []);
  const [unit] = await client.find('product.uom', [['symbol', '=', 'u']]);
  const [address] = (party?.addresses ?? []) as readonly number[];
  const written = lines.map(({ item, quantity, price = '2.55' }) => ({
    product: products.find(({ code }) => code === item)?.id,
    quantity,
    unit: unit?.id,
    unit_price: decimalOf(price),
    taxes: [['add', [tax?.id]]],
  }));
  return {
    party: party?.id,
    warehouse: warehouse?.id,
    invoice_address: address,
    shipment_address: address,
    reference: '100001',
    description: 'order-to-cash:100001:book:once',
    comment: 'PO 77',
    lines: [['create', written]],
    ...changes,
  };
}

export async function draft(client: Client, lines: readonly Wanted[], changes: object = {}): Promise<number> {
  const [id = 0] = await client.call<number[]>('model.sale.sale.create', [await saleValues(client, lines, changes)]);
  return id;
}

export async function quoted(client: Client, lines: readonly Wanted[], changes: object = {}): Promise<number> {
  const id = await draft(client, lines, changes);
  await client.call('model.sale.sale.quote', [id]);
  return id;
}

export async function confirmed(client: Client, lines: readonly Wanted[], changes: object = {}): Promise<number> {
  const id = await quoted(client, lines, changes);
  await client.call('model.sale.sale.confirm', [id]);
  return id;
}

/** The shipments of a sale, oldest first. */
export async function shipmentsOf(client: Client, sale: number): Promise<readonly Row[]> {
  const { shipments } = await client.read('sale.sale', sale, 'shipments');
  const fields = ['state', 'number', 'reference', 'inventory_moves', 'outgoing_moves', 'partially_assigned'];
  return client.call('model.stock.shipment.out.read', shipments, fields);
}

export async function onlyShipment(client: Client, sale: number): Promise<Row> {
  const [shipment, ...others] = await shipmentsOf(client, sale);
  if (shipment === undefined || others.length > 0) throw new Error('expected exactly one shipment');
  return shipment;
}

export async function press(client: Client, shipment: number, ...buttons: readonly string[]): Promise<void> {
  for (const button of buttons) await client.call(`model.stock.shipment.out.${button}`, [shipment]);
}

/** What a warehouse has of an item, and will have. */
export async function stockOf(client: Client, item: string): Promise<readonly [now: unknown, forecast: unknown]> {
  const [warehouse] = await client.find('stock.location', [['code', '=', 'NORTH']]);
  const said = await client.sayWith(
    { locations: [warehouse?.id], with_childs: true },
    'model.product.product.search_read',
    [['code', '=', item]],
    0,
    null,
    null,
    ['quantity', 'forecast_quantity'],
  );
  const [row] = said.result as Row[];
  return [row?.quantity, row?.forecast_quantity];
}
