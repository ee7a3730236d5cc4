import { Type } from 'typebox';
import { defineEvent } from '#platform/engine';

/** Something about the order changed that a salesperson should see. Members that the CRM is not told are left alone. */
export const OrderChanged = defineEvent(
  'order-news.changed',
  Type.Object({
    state: Type.String(),
    trackingNumbers: Type.Array(Type.String()),
    final: Type.Boolean(),
  }),
);
