import { Type } from 'typebox';
import {
  Address,
  CurrencyCode,
  closed,
  DateText,
  DecimalText,
  Identifier,
  InstantText,
  LineKind,
  PlainText,
  ShippingPolicy,
  UnitCode,
} from '#model/canonical';
import { defineEvent } from '#model/kernel';

/** A line as a sender submits it. */
export const SubmittedLine = Type.Object(
  {
    lineNumber: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 99_999, description: 'Default: its place in the order, from 1.' }),
    ),
    kind: Type.Optional(LineKind),
    item: Identifier('Our item number, or the charge code.', 40),
    description: Type.Optional(PlainText('What the item is called, for people.', 200)),
    quantity: DecimalText,
    unit: Type.Optional(UnitCode),
    unitPrice: Type.Optional(DecimalText),
  },
  closed,
);

/** An order as a sender submits it, over any channel; the door completes it to a canonical Order or says all that is wrong. */
export const OrderSubmission = Type.Object(
  {
    customer: Identifier("The customer's number.", 40),
    customerPurchaseOrder: Type.Optional(Identifier("The customer's own order number.", 40)),
    currency: CurrencyCode,
    orderedAt: Type.Optional(InstantText),
    requestedDate: Type.Optional(DateText),
    shippingPolicy: Type.Optional(ShippingPolicy),
    shipTo: Type.Optional(Address),
    /** The sender's own id of it, e.g. a CRM opportunity or a file's order number. */
    sourceReference: Type.Optional(Identifier("The sender's own id.", 80)),
    lines: Type.Array(SubmittedLine, { minItems: 1, maxItems: 1_000 }),
  },
  closed,
);

/** An order came in over a feed (a won opportunity, a file). Its data is checked at the door as an API call's is; what fails is quarantined. */
export const OrderSubmitted = defineEvent('order.submitted', OrderSubmission);
