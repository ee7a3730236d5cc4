import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

const optional = Type.Optional;

const Difference = Type.Object(
  { path: Type.String({ description: 'JSON Pointer.' }), from: optional(Type.Unknown()), to: optional(Type.Unknown()) },
  closed,
);

/** A message or a call: what went over the wire in our words, and as it came where that was kept. */
export const Exchange = Type.Object(
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
    because: optional(Type.String({ description: 'Of a message: why it changed nothing, or nobody expected it.' })),
    undoes: optional(Type.Boolean({ description: 'It takes back what the effect of this name did.' })),
    request: optional(Type.Unknown({ description: 'What was asked (out), or told (in), in our words.' })),
    answer: optional(Type.Unknown()),
    original: optional(Type.String({ description: 'A message as it came, where that was kept.' })),
    fault: optional(
      Type.Object(
        {
          kind: Type.String(),
          code: Type.String(),
          message: Type.String(),
          said: optional(Type.String({ description: 'What the system said, word for word.' })),
        },
        closed,
      ),
    ),
    settledAt: optional(InstantText),
    cut: Type.Array(
      Type.Unsafe<'request' | 'answer' | 'original'>({ type: 'string', enum: ['request', 'answer', 'original'] }),
      {
        description:
          'Which of these are too large for a list: only their beginning, as text. `links.self` has them whole.',
      },
    ),
    comparedWith: optional(Type.String({ description: 'The exchange of the same name and system before this one.' })),
    differences: Type.Array(Difference, { description: 'Of the request (out) or the data (in) from that one.' }),
    moreDifferences: optional(Type.Integer({ description: 'How many more there are than are listed.' })),
    links: Type.Object({ self: Type.String({ description: 'The exchange by itself, with nothing cut.' }) }, closed),
  },
  closed,
);
export type Exchange = Static<typeof Exchange>;

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
            description:
              'The operation of this API: `releaseHold`, `changeOrder`, `cancelOrder`, `releaseAgain`; or `workOnCase`.',
          }),
          title: Type.String(),
          subject: optional(Type.String({ description: 'E.g. the hold’s name.' })),
          allowed: Type.Boolean(),
          because: optional(Type.String()),
          consequence: Type.String({ description: 'What will happen, in a sentence.' }),
          link: optional(Type.String({ description: 'Where it is done, where that is another API: a case.' })),
        },
        closed,
      ),
    ),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-deeds/1' },
);
export type OrderDeeds = Static<typeof OrderDeeds>;
