import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { ShipmentConfirmed } from '#model/messages';
import { fulfilment } from '../fulfilment/flow.ts';
import { createStory, orderActors, orderOfTests } from '../testing/index.ts';
import type { OrderDocument } from './document.ts';
import { orderFactSchemas } from './fact-schema.ts';
import { orderFact, orderFactTypes } from './facts.ts';
import { orderToCash } from './flow.ts';

const shipment = {
  shipmentNumber: 'S1',
  fulfilmentNumber: '100001-NORTH-1',
  site: 'NORTH',
  shippedAt: '2026-03-02T15:00:00.000Z',
  trackingNumber: '1Z1',
  lines: [
    { lineNumber: 1, item: '85123A', shipped: '6', short: '0', unit: 'EA' },
    { lineNumber: 2, item: '71053', shipped: '8', short: '2', unit: 'EA' },
  ],
};

const story = createStory([orderToCash, fulfilment], orderActors);
story.start(
  orderToCash,
  '100001',
  orderOfTests({ channel: 'crm', source: 'crm-main', sourceReference: '006', requestedDate: '2026-03-05' }),
);
const fresh = story.run(orderToCash, '100001').document as OrderDocument;
story.tell(fulfilment, shipment.fulfilmentNumber, ShipmentConfirmed, { shipment, final: true, inferred: [] });
const shipped = story.run(orderToCash, '100001').document as OrderDocument;

const kinds = Object.keys(orderFactTypes) as readonly (keyof typeof orderFactTypes)[];

test.each(kinds)('every fact "%s" that an order tells is what its schema says', (kind) => {
  for (const document of [fresh, shipped]) {
    const { type, data } = orderFact(kind, document);
    const schema = orderFactSchemas[type];
    expect(schema).toBeDefined();
    // As it is read back from the database.
    if (schema) expect([...Compile(schema).Errors(JSON.parse(JSON.stringify(data)))]).toEqual([]);
  }
});
