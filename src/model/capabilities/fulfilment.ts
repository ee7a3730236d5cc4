import type { FulfilmentOrder } from '#model/canonical';
import { type Call, defineCapability, type Inquiry } from '#model/kernel';

export interface Released {
  /** The warehouse-side id of the document: a file name, a control number. */
  readonly reference: string;
}

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
