import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

const optional = Type.Optional;

/** A flow's table as a picture, with the way that one run has gone. */
export const FlowPicture = Type.Object(
  {
    flow: Type.String(),
    key: Type.String(),
    version: Type.Integer(),
    start: Type.String(),
    state: Type.String({ description: 'Where it is.' }),
    phase: Type.String(),
    enteredAt: InstantText,
    deadline: optional(
      Type.Object(
        { at: InstantText, consequence: Type.String({ description: 'What happens then, in words.' }) },
        closed,
      ),
    ),
    waitsFor: Type.Array(Type.String(), { description: 'Effects under way and events awaited, in words.' }),
    states: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          means: Type.String(),
          kind: Type.Unsafe<'waiting' | 'choice' | 'final'>({ type: 'string', enum: ['waiting', 'choice', 'final'] }),
          runs: Type.Array(Type.String(), { description: 'Its effects.' }),
          visits: Type.Integer(),
          seconds: Type.Integer({ description: 'Time spent there, all visits together.' }),
          firstEnteredAt: optional(InstantText),
        },
        closed,
      ),
    ),
    arrows: Type.Array(
      Type.Object(
        {
          from: Type.String(),
          to: Type.String(),
          on: Type.Array(Type.String(), { description: 'Events, in words; empty for a choice.' }),
          undoing: Type.Boolean(),
          taken: Type.Integer({ description: 'How often this run went this way.' }),
        },
        closed,
      ),
    ),
    path: Type.Array(Type.Object({ state: Type.String(), at: InstantText, seconds: Type.Integer() }, closed), {
      description: 'The states in the order in which they were entered.',
    }),
  },
  closed,
);

/** The order's flow and those of its fulfilments. */
export const OrderPictures = Type.Object(
  { orderNumber: Type.String(), pictures: Type.Array(FlowPicture) },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-pictures/1' },
);
export type OrderPictures = Static<typeof OrderPictures>;
