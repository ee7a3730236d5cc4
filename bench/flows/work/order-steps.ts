import { type Answer, type BenchDocument, moveAll, type ShipmentConfirmation } from './order-document.ts';

/** One effect of the order, apart from any engine: every contender asks the same and does the same with the answer. */
export interface OrderStep {
  readonly name: string;
  /** The request; contenders put it into JSON and send it. */
  readonly ask: (document: BenchDocument) => unknown;
  readonly apply: (document: BenchDocument, answer: Answer) => BenchDocument;
  /** The fact that is told when it is done. */
  readonly tells?: string;
}

const reference = ({ reference: name, at }: Answer) => ({ reference: name, at });

const quantities = ({ given }: BenchDocument) =>
  given.lines.map(({ lineNumber, item, quantity, unit }) => ({ lineNumber, item, quantity, unit }));

export const checkCustomer: OrderStep = {
  name: 'check-customer',
  ask: ({ given }) => ({ customer: given.customer, currency: given.currency }),
  apply: (document, answer) => ({ ...document, customer: reference(answer) }),
};

export const quotePrices: OrderStep = {
  name: 'quote-prices',
  ask: (document) => ({ customer: document.given.customer, lines: quantities(document) }),
  apply: (document, { lines }) => ({
    ...document,
    prices: Object.fromEntries(
      lines.map(({ lineNumber, unitPrice, taxPercent }) => [String(lineNumber), { unitPrice, taxPercent }]),
    ),
  }),
};

export const reserveStock: OrderStep = {
  name: 'reserve-stock',
  ask: (document) => ({ site: 'NORTH', lines: quantities(document) }),
  apply: (document, answer) => ({
    ...document,
    lines: moveAll(document, 'open', 'allocated'),
    reservation: reference(answer),
  }),
};

export const bookOrder: OrderStep = {
  name: 'book-order',
  ask: (document) => ({
    customer: document.given.customer,
    customerPurchaseOrder: document.given.customerPurchaseOrder,
    site: 'NORTH',
    lines: document.given.lines.map(({ lineNumber, item, quantity, unit }) => ({
      lineNumber,
      item,
      quantity,
      unit,
      unitPrice: document.prices[String(lineNumber)]?.unitPrice,
    })),
  }),
  apply: (document, answer) => ({ ...document, booking: reference(answer) }),
  tells: 'order.booked',
};

export const releaseToWarehouse: OrderStep = {
  name: 'release-to-warehouse',
  ask: (document) => ({
    fulfilmentNumber: `${document.given.orderNumber}-NORTH-1`,
    shipTo: document.given.shipTo,
    lines: quantities(document),
  }),
  apply: (document, answer) => ({
    ...document,
    lines: moveAll(document, 'allocated', 'released'),
    release: reference(answer),
  }),
  tells: 'order.released',
};

export const issueGoods: OrderStep = {
  name: 'issue-goods',
  ask: (document) => ({
    booking: document.booking,
    shipment: document.shipment,
    lines: Object.entries(document.lines).map(([number, { shipped }]) => ({ lineNumber: Number(number), shipped })),
  }),
  apply: (document, answer) => ({ ...document, issue: reference(answer) }),
};

export const postInvoice: OrderStep = {
  name: 'post-invoice',
  ask: ({ booking, issue }) => ({ booking, issue }),
  apply: (document, answer) => ({ ...document, invoice: reference(answer) }),
  tells: 'order.invoiced',
};

/** What is asked before the warehouse tells that the goods have left, and after. */
export const stepsBeforeShipment: readonly OrderStep[] = [
  checkCustomer,
  quotePrices,
  reserveStock,
  bookOrder,
  releaseToWarehouse,
];
export const stepsAfterShipment: readonly OrderStep[] = [issueGoods, postInvoice];

export const shipmentFact = 'order.shipped';

/** The warehouse's message about an order that was released. */
export const confirmationOf = (orderNumber: string, lines: BenchDocument['lines']): ShipmentConfirmation => ({
  shipmentNumber: `${orderNumber}-S1`,
  shippedAt: '2026-03-02T15:12:00.000Z',
  trackingNumber: `1Z${orderNumber}`,
  lines: Object.entries(lines).map(([number, { ordered }]) => ({ lineNumber: Number(number), shipped: ordered })),
});

export function applyShipment(document: BenchDocument, confirmation: ShipmentConfirmation): BenchDocument {
  const { lines: _, ...shipment } = confirmation;
  return { ...document, lines: moveAll(document, 'released', 'shipped'), shipment };
}

/** What a fact says: small, by reference. */
export const factData = ({ given, booking, shipment }: BenchDocument) => ({
  orderNumber: given.orderNumber,
  customer: given.customer,
  booking: booking?.reference,
  shipmentNumber: shipment?.shipmentNumber,
});
