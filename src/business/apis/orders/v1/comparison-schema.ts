import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

const optional = Type.Optional;

/** What one system says of one property of an order, and when it said so. */
const Cell = Type.Object(
  {
    system: Type.String({ description: 'An instance, e.g. `erp-main`; `crossdock` for our own books.' }),
    value: optional(Type.String({ description: 'As it is shown; absent: it has said nothing of it.' })),
    asOf: optional(InstantText),
    source: optional(Type.String({ description: 'The message or the answered effect that said so.' })),
    standing: Type.Unsafe<'agrees' | 'differs' | 'in-flight' | 'silent'>({
      type: 'string',
      enum: ['agrees', 'differs', 'in-flight', 'silent'],
      description:
        '`in-flight`: it does not know yet and our message to it is under way. `silent`: it should have said something and has not.',
    }),
  },
  closed,
);

/** Who says what: CRM, ERP, warehouses and our own books, property by property. */
export const Comparison = Type.Object(
  {
    orderNumber: Type.String(),
    asOf: InstantText,
    systems: Type.Array(
      Type.Object(
        {
          system: Type.String(),
          role: Type.Unsafe<'crm' | 'erp' | 'warehouse' | 'crossdock'>({
            type: 'string',
            enum: ['crm', 'erp', 'warehouse', 'crossdock'],
          }),
          lastHeardAt: optional(InstantText),
        },
        closed,
      ),
    ),
    rows: Type.Array(
      Type.Object(
        {
          property: Type.String({ description: 'E.g. `state`, `line 3: shipped`, `invoiced total`.' }),
          line: optional(Type.Integer()),
          agrees: Type.Boolean(),
          cells: Type.Array(Cell),
        },
        closed,
      ),
    ),
    contradictions: Type.Array(
      Type.Object(
        {
          property: Type.String(),
          says: Type.String({ description: 'Who says what, in a sentence.' }),
          whatToDo: optional(Type.String({ description: 'Where no message is missing.' })),
          missing: optional(
            Type.Object(
              {
                message: Type.String({ description: 'The message that would settle it, e.g. `shipping advice 945`.' }),
                from: Type.String(),
                to: Type.String(),
                since: optional(InstantText),
                whatToDo: Type.String(),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-comparison/1' },
);
export type Comparison = Static<typeof Comparison>;
