import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

/** What becomes of messages that go wrong. */
export const messageSettings = Type.Object(
  {
    /** Working hours that a message may wait for its run, by its type, e.g. `shipment.confirmed`; default 10, a business day. */
    waitHours: Type.Optional(
      Type.Record(Type.String({ minLength: 1 }), Type.Number({ exclusiveMinimum: 0, maximum: 2_000 })),
    ),
    /** How often a subscriber tries a fact that it cannot take before a person must look at it; default 8, about a minute. */
    attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    /** How many persons a replay takes: 2, the default, means that nobody approves what they planned. */
    replayPersons: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
  },
  closed,
);
export type MessageSettings = Static<typeof messageSettings>;
