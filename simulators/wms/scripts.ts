import { type Static, Type } from 'typebox';
import { envelopeMishaps, fileMishaps } from './mishaps.ts';

const closed = { additionalProperties: false } as const;
const purchaseOrder = Type.String({ minLength: 1 });

const plain = <Name extends string>(behaviour: Name) =>
  Type.Object({ purchaseOrder, behaviour: Type.Literal(behaviour) }, closed);

/** What the warehouse does out of the ordinary with the release of a purchase order. */
export const WarehouseScript = Type.Union([
  /** So many units of the item are not found; the rest ships and nothing follows. */
  Type.Object(
    {
      purchaseOrder,
      behaviour: Type.Literal('short-pick'),
      item: Type.String({ minLength: 1 }),
      quantity: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }),
    },
    closed,
  ),
  /** The 945 comes so much later. */
  Type.Object({ purchaseOrder, behaviour: Type.Literal('late'), ms: Type.Integer({ minimum: 0 }) }, closed),
  /** The 997 comes so much later. */
  Type.Object(
    { purchaseOrder, behaviour: Type.Literal('late-acknowledgement'), ms: Type.Integer({ minimum: 0 }) },
    closed,
  ),
  /** Something goes wrong with the file of the 945, or with its envelope. */
  Type.Object(
    {
      purchaseOrder,
      behaviour: Type.Literal('mishap'),
      how: Type.Union([...fileMishaps, ...envelopeMishaps].map((name) => Type.Literal(name))),
    },
    closed,
  ),
  /** Two 945, each with a part. */
  plain('part-shipments'),
  /** Each 945 again in another file under another control number. */
  plain('report-twice'),
  /** The 945 at once, and before the 997. */
  plain('early'),
  /** The release waits for the request to cancel, and is then cancelled. */
  plain('accept-cancellation'),
  /** The release waits for the request to cancel, and is then shipped all the same. */
  plain('refuse-cancellation'),
]);
export type WarehouseScript = Static<typeof WarehouseScript>;
