import { Type } from 'typebox';
import { Address, closed, DateText, DecimalText, Identifier } from '#model/canonical';
import { SubmittedLine } from '#model/messages';
import { Reason } from '../reason.ts';

const { lineNumber: _, ...newLine } = SubmittedLine.properties;

/** What is absent stays as it is. */
export const SubmittedChange = Type.Object(
  {
    reason: Reason,
    lines: Type.Optional(
      Type.Array(
        Type.Object(
          {
            lineNumber: Type.Integer({ minimum: 1, maximum: 99_999 }),
            quantity: Type.Unsafe<string>({
              ...DecimalText,
              description: 'What the line shall come to in all, in its unit, with what has shipped; 0 cancels it.',
            }),
          },
          closed,
        ),
        { minItems: 1, maxItems: 1_000 },
      ),
    ),
    add: Type.Optional(
      Type.Array(Type.Object(newLine, { ...closed, description: 'A new line; it gets the next free number.' }), {
        minItems: 1,
        maxItems: 1_000,
      }),
    ),
    requestedDate: Type.Optional(DateText),
    shipTo: Type.Optional(Address),
    customerPurchaseOrder: Type.Optional(Identifier("The customer's own order number.", 40)),
  },
  closed,
);
