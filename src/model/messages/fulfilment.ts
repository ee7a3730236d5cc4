import { Type } from 'typebox';
import { closed, Identifier, Shipment } from '#model/canonical';
import { defineEvent } from '#model/kernel';

const fulfilmentNumber = Identifier('Depositor order number: the business key of the fulfilment run.', 40);

/** The warehouse's translator took the release or refused its syntax (997). It says nothing about shipping. */
export const FulfilmentAcknowledged = defineEvent(
  'fulfilment.acknowledged',
  Type.Object(
    {
      fulfilmentNumber,
      /** Which of our documents: the release or the request to cancel. */
      document: Type.Union([Type.Literal('release'), Type.Literal('cancellation')]),
      accepted: Type.Boolean(),
      reasons: Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 }),
    },
    closed,
  ),
);

/** Goods left (945). `picked` and `packed` are inferred where the warehouse sends no such milestones. */
export const ShipmentConfirmed = defineEvent(
  'shipment.confirmed',
  Type.Object(
    {
      shipment: Shipment,
      /** Nothing more will leave under this fulfilment order. */
      final: Type.Boolean(),
      inferred: Type.Array(Type.Union([Type.Literal('picked'), Type.Literal('packed')])),
    },
    closed,
  ),
);

/** The warehouse will ship nothing under this fulfilment order (945 with nothing shipped): the verdict on a cancellation. */
export const FulfilmentCancelled = defineEvent(
  'fulfilment.cancelled',
  Type.Object({ fulfilmentNumber, reason: Type.Optional(Type.String({ maxLength: 300 })) }, closed),
);
