import { Type } from 'typebox';
import { closed, Identifier } from '#model/canonical';
import { defineEvent } from '#platform/engine';
import { noticeKinds } from './document.ts';

/** Something happened that the customer wants to be told of, or the order is over. */
export const NoticeDue = defineEvent(
  'customer-notices.due',
  Type.Object(
    {
      notice: Type.Optional(
        Type.Object(
          {
            id: Identifier('Names the occasion, e.g. `dispatch-S1`.', 200),
            kind: Type.Enum([...noticeKinds]),
            subject: Identifier('One line.', 150),
            text: Type.String({ minLength: 1, maxLength: 100_000 }),
          },
          closed,
        ),
      ),
      final: Type.Boolean(),
    },
    closed,
  ),
);
