import { isPending, tooLateIn, whyNoSecond } from '#business/flows';
import type { OrderRun } from '../needs.ts';
import { documentOf } from '../order-run.ts';

/** Whether something may be done with an order as it stands, and if not, what is answered. Routes and their forecast go by the same. */
export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly problem: Refusal; readonly because: string };

export type Refusal =
  | 'order-ended'
  | 'cancellation-refused'
  | 'change-refused'
  | 'hold-not-placed'
  | 'fulfilment-not-refused';

const allowed: Permission = { allowed: true };
const not = (problem: Refusal, because: string): Permission => ({ allowed: false, problem, because });

const tooLate = (state: string): string | undefined =>
  Object.hasOwn(tooLateIn, state) ? tooLateIn[state as keyof typeof tooLateIn] : undefined;

export function mayCancel(run: OrderRun): Permission {
  const { key, state, phase } = run;
  if (phase === 'ended') return not('order-ended', `Order ${key} is ${state}: there is nothing left to cancel.`);
  const because = tooLate(state);
  return because === undefined ? allowed : not('cancellation-refused', `Order ${key} cannot be cancelled: ${because}.`);
}

export function mayChange(run: OrderRun): Permission {
  const { key, state, phase } = run;
  if (phase === 'ended') return not('order-ended', `Order ${key} is ${state}: nothing of it can be changed.`);
  const document = documentOf(run);
  const because = tooLate(state) ?? (isPending(document) ? whyNoSecond(document) : undefined);
  return because === undefined ? allowed : not('change-refused', `Order ${key} was not changed: ${because}.`);
}

export function mayReleaseHold(run: OrderRun, hold: string): Permission {
  const { key, state, phase } = run;
  const placed = documentOf(run).holds.map((each) => each.hold);
  if (phase === 'ended') return not('order-ended', `Order ${key} is ${state}: its holds no longer matter.`);
  if (placed.includes(hold)) return allowed;
  const known = placed.length === 0 ? 'it has none' : `it has ${placed.join(', ')}`;
  return not('hold-not-placed', `Order ${key} has no hold ${hold}: ${known}.`);
}

export function mayReleaseAgain(fulfilmentNumber: string, fulfilment: OrderRun | undefined): Permission {
  if (fulfilment?.state === 'refused') return allowed;
  const state = fulfilment?.state ?? 'not begun';
  const because = `${fulfilmentNumber} is ${state}: only what the warehouse refused is released anew.`;
  return not('fulfilment-not-refused', because);
}
