import { type Static, Type } from 'typebox';
import { closed, type FulfilmentOrder, Identifier } from '#model/canonical';
import { type Call, defineCapability, type Inquiry } from '#model/kernel';
import type { Frozen } from './frozen.ts';

export const Released = Type.Object(
  {
    reference: Identifier('The warehouse-side id of the document: a file name, a control number.', 300),
    acknowledgeWithinMs: Type.Optional(
      Type.Integer({
        minimum: 0,
        description:
          'Of a release: within this time the warehouse says that it could read it. Absent: it acknowledges nothing.',
      }),
    ),
  },
  closed,
);
export type Released = Frozen<Static<typeof Released>>;

/** A warehouse takes fulfilment orders; what became of them comes back as messages (`#model/messages`). */
export interface FulfilmentVerbs {
  /** Hands the fulfilment order over. The same key never makes a second release. */
  release(order: FulfilmentOrder, call: Call): Promise<Released>;
  findRelease(order: FulfilmentOrder, call: Call): Promise<Inquiry<Released>>;
  /** Asks the warehouse to ship nothing more; its verdict comes as a message. */
  requestCancellation(order: FulfilmentOrder, call: Call): Promise<Released>;
  findCancellation(order: FulfilmentOrder, call: Call): Promise<Inquiry<Released>>;
}
export const Fulfilment = defineCapability<FulfilmentVerbs>('fulfilment');
