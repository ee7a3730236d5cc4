import { Type } from 'typebox';
import { Address, closed, DateText, DecimalText, Identifier, InstantText, OrderLine } from '#model/canonical';
import { defineEvent } from '#platform/engine';

const reason = Type.String({ minLength: 1, maxLength: 500 });
const person = Identifier('Who asks, e.g. `api:shop`.', 120);

/** Somebody wants the order stopped. Before release at once, after release by the warehouse's verdict. */
export const CancelRequested = defineEvent(
  'order.cancel-requested',
  Type.Object({ requestedBy: person, reason }, closed),
);

/** Somebody takes responsibility for a hold. The waiver is honoured by the same check afterwards. */
export const HoldReleased = defineEvent(
  'order.hold-released',
  Type.Object(
    {
      hold: Identifier('The hold, e.g. `credit` or `item-3`.', 40),
      releasedBy: person,
      reason,
      waiver: Type.Optional(
        Type.Object({ amount: Type.Optional(DecimalText), expires: Type.Optional(InstantText) }, closed),
      ),
    },
    closed,
  ),
);

const { lineNumber, ...newLine } = OrderLine.properties;

/** Somebody wants the order otherwise. What is absent stays; a line's quantity is what it shall come to in all, what has left included. */
export const ChangeRequested = defineEvent(
  'order.change-requested',
  Type.Object(
    {
      requestedBy: person,
      reason,
      lines: Type.Optional(Type.Array(Type.Object({ lineNumber, quantity: DecimalText }, closed), { maxItems: 1_000 })),
      /** Lines that the order did not have; they get the next free numbers. */
      add: Type.Optional(Type.Array(Type.Object(newLine, closed), { maxItems: 1_000 })),
      requestedDate: Type.Optional(DateText),
      shipTo: Type.Optional(Address),
      customerPurchaseOrder: Type.Optional(Identifier("The customer's own order number.", 40)),
    },
    closed,
  ),
);
