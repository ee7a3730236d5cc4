import { describe, expect, test } from 'vitest';
import { canonicalObjects } from './canonical-objects.ts';

const billed = {
  lineNumber: 1,
  orderNumber: '100001',
  orderLineNumber: 1,
  kind: 'goods',
  item: '85123A',
  quantity: '6',
  unit: 'EA',
  unitPrice: '2.55',
  net: '15.30',
  taxPercent: '20',
};
const totals = { net: '15.30', tax: '3.06', gross: '18.36' };
const address = { name: 'Shop', country: 'GB' };
const ordered = { lineNumber: 1, item: '85123A', quantity: '6', unit: 'EA' };

const examples: Record<keyof typeof canonicalObjects, object> = {
  customer: {
    customer: '17850',
    name: 'Shop',
    currency: 'GBP',
    active: true,
    addresses: [{ roles: ['ship-to', 'bill-to'], address }],
  },
  product: {
    item: '85123A',
    description: 'Holder',
    kind: 'goods',
    unit: 'EA',
    active: true,
    gtin: '5012345678900',
    conversions: [{ unit: 'CA', factor: '12', validFrom: '2026-01-01' }],
  },
  price: { item: '85123A', customer: '17850', currency: 'GBP', unit: 'EA', unitPrice: '2.55' },
  quote: {
    quoteNumber: 'Q1',
    customer: '17850',
    currency: 'GBP',
    issueDate: '2026-01-01',
    lines: [{ ...ordered, unitPrice: '2.55' }],
  },
  order: {
    orderNumber: '100001',
    customer: '17850',
    channel: 'api',
    source: 'api:shop',
    currency: 'GBP',
    orderedAt: '2026-01-01T00:00:00Z',
    shippingPolicy: 'ship-partial',
    lines: [{ ...ordered, kind: 'goods' }],
  },
  fulfilmentOrder: {
    fulfilmentNumber: '100001-NORTH-1',
    orderNumber: '100001',
    site: 'NORTH',
    shipTo: address,
    lines: [ordered],
  },
  shipment: {
    shipmentNumber: 'S1',
    fulfilmentNumber: '100001-NORTH-1',
    site: 'NORTH',
    shippedAt: '2026-01-02T00:00:00Z',
    lines: [{ lineNumber: 1, item: '85123A', shipped: '5', short: '1', unit: 'EA' }],
  },
  invoice: {
    invoiceNumber: 'I1',
    customer: '17850',
    currency: 'GBP',
    issueDate: '2026-01-02',
    lines: [{ ...billed, shipmentNumber: 'S1' }],
    ...totals,
  },
  creditMemo: {
    creditMemoNumber: 'C1',
    invoiceNumber: 'I1',
    customer: '17850',
    currency: 'GBP',
    issueDate: '2026-01-09',
    reason: 'Broken',
    lines: [{ ...billed, invoiceLineNumber: 1 }],
    ...totals,
  },
  return: {
    returnNumber: 'R1',
    customer: '17850',
    authorisedAt: '2026-01-05T00:00:00Z',
    lines: [
      {
        ...ordered,
        orderNumber: '100001',
        orderLineNumber: 1,
        reason: 'Broken',
        inspected: [{ quantity: '6', disposition: 'scrap' }],
      },
    ],
  },
  inventoryPosition: {
    item: '85123A',
    site: 'NORTH',
    unit: 'EA',
    onHand: '10',
    unavailable: '1',
    reserved: '2',
    safetyStock: '0',
    asOf: '2026-01-01T00:00:00Z',
  },
};

describe.each(Object.entries(canonicalObjects))('the canonical %s', (member, canonical) => {
  const example = examples[member as keyof typeof examples];
  const parse = (members: object) => canonical.parse({ schemaVersion: canonical.version, ...members });

  test('is read as it is written', () => {
    expect(parse(example)).toEqual({ ok: true, value: example });
  });

  test('is closed', () => {
    expect(parse({ ...example, surprise: 1 })).toMatchObject({ ok: false });
  });

  test('names its version in its schema id', () => {
    const { $id } = canonical.schema as { $id?: string };
    expect($id).toBe(`https://crossdock.dev/schemas/${canonical.name}/${canonical.version}`);
  });

  test.each(Object.keys(example))('has no %s with a control character or of another type', (name) => {
    for (const wrong of [{ deep: 'object' }, 'a\u0000b']) {
      expect(parse({ ...example, [name]: wrong })).toMatchObject({ ok: false });
    }
  });
});
