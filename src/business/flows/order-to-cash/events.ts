import { Type } from 'typebox';
import { closed, DecimalText, Identifier, InstantText } from '#model/canonical';
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
