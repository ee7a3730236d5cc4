import type { Order } from '#model/canonical';
import { boundedCall, type Calls } from '../work/calls.ts';
import { type BenchDocument, beginDocument, type ShipmentConfirmation } from '../work/order-document.ts';
import { applyShipment, type OrderStep, stepsAfterShipment, stepsBeforeShipment } from '../work/order-steps.ts';
import { keyOf } from './order-walk.ts';

/** One job of an order: its document travels in the payload, as one does with a queue. */
export interface OrderJob {
  readonly document: BenchDocument;
  /** Which step is to be done. */
  readonly step: number;
}

const steps: readonly OrderStep[] = [...stepsBeforeShipment, ...stepsAfterShipment];
/** After this one the goods may leave. */
const released = stepsBeforeShipment.length;

export const firstJob = (order: Order): OrderJob => ({ document: beginDocument(order), step: 0 });

/** What the warehouse's message makes of an order that was released. */
export const jobAfterShipment = (document: BenchDocument, message: ShipmentConfirmation): OrderJob => ({
  document: applyShipment(document, message),
  step: released,
});

/** Does one job's call. Answers the next job, or where the order stands when there is none. */
export async function doJob(
  { document, step: number }: OrderJob,
  calls: Calls,
): Promise<{ readonly document: BenchDocument; readonly next: OrderJob | 'released' | 'ended' }> {
  const step = steps[number];
  if (step === undefined) throw new Error(`there is no step ${number}`);
  const { given } = document;
  const answer = await calls.call(step.name, boundedCall(keyOf(given, step)), step.ask(document), given.lines.length);
  const after = step.apply(document, answer);
  if (number + 1 === released) return { document: after, next: 'released' };
  if (number + 1 === steps.length) return { document: after, next: 'ended' };
  return { document: after, next: { document: after, step: number + 1 } };
}
