import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

const optional = Type.Optional;

const Difference = Type.Object(
  { path: Type.String({ description: 'JSON Pointer.' }), from: optional(Type.Unknown()), to: optional(Type.Unknown()) },
  closed,
);

/** A message or a call: what went over the wire in our words, and as it came where that was kept. */
const Exchange = Type.Object(
  {
    id: Type.String({ description: 'Unique in the order; stays the same.' }),
    at: InstantText,
    run: Type.String(),
    direction: Type.Unsafe<'in' | 'out'>({ type: 'string', enum: ['in', 'out'] }),
    system: Type.String(),
    name: Type.String({ description: 'The effect, or the type of the message.' }),
    key: optional(Type.String({ description: 'Idempotency key, or the message’s id.' })),
    standing: Type.String({
      description: 'As in the narrative: `done`, `refused`, `in doubt: asking`, `applied`, `ignored`, …',
    }),
    request: optional(Type.Unknown()),
    answer: optional(Type.Unknown()),
    fault: optional(Type.Object({ kind: Type.String(), code: Type.String(), message: Type.String() }, closed)),
    settledAt: optional(InstantText),
    comparedWith: optional(Type.String({ description: 'The exchange of the same name and system before this one.' })),
    differences: Type.Array(Difference, { description: 'Of the request (out) or the data (in) from that one.' }),
  },
  closed,
);

export const OrderExchanges = Type.Object(
  { orderNumber: Type.String(), exchanges: Type.Array(Exchange, { description: 'Oldest first.' }) },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-exchanges/1' },
);
export type OrderExchanges = Static<typeof OrderExchanges>;

const Span = Type.Object(
  {
    spanId: Type.String(),
    parentId: optional(Type.String()),
    name: Type.String(),
    kind: Type.Unsafe<'flow' | 'state' | 'effect' | 'message'>({
      type: 'string',
      enum: ['flow', 'state', 'effect', 'message'],
    }),
    system: optional(Type.String()),
    startedAt: InstantText,
    endedAt: optional(InstantText),
    milliseconds: optional(Type.Number()),
    outcome: Type.Unsafe<'ok' | 'error' | 'open'>({ type: 'string', enum: ['ok', 'error', 'open'] }),
    because: optional(Type.String()),
  },
  closed,
);

/** The order's trace, worked out from its journal: complete however long it took and whatever was sampled. */
export const OrderTrace = Type.Object(
  {
    orderNumber: Type.String(),
    traceId: Type.String({
      description: 'W3C trace id: the one under which exported spans and outgoing headers stand.',
    }),
    spans: Type.Array(Span),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-trace/1' },
);
export type OrderTrace = Static<typeof OrderTrace>;

/** What may be done with an order now, and why not. */
export const OrderDeeds = Type.Object(
  {
    orderNumber: Type.String(),
    deeds: Type.Array(
      Type.Object(
        {
          deed: Type.String({
            description: 'The operation of this API, e.g. `releaseHold`, `changeOrder`, `cancelOrder`.',
          }),
          title: Type.String(),
          subject: optional(Type.String({ description: 'E.g. the hold’s name.' })),
          allowed: Type.Boolean(),
          because: optional(Type.String()),
          consequence: Type.String({ description: 'What will happen, in a sentence.' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-deeds/1' },
);
export type OrderDeeds = Static<typeof OrderDeeds>;
