import { doorFindings, priceDiffers } from '../plan/expectations.ts';
import type { Plan, PlannedOrder } from '../plan/plan.ts';

/** What is dirty in the day as it was submitted, by kind: how many orders show it. */
export type Dirt = Readonly<Record<keyof typeof kinds, number>>;

const repeats = (names: readonly string[]): boolean => new Set(names).size < names.length;

const kinds = {
  withoutCustomer: ({ submission }: PlannedOrder) => submission.customer === undefined,
  returns: ({ submission }: PlannedOrder) => submission.lines.some(({ quantity }) => Number(quantity) < 0),
  zeroPrices: ({ submission }: PlannedOrder) => submission.lines.some(({ unitPrice }) => Number(unitPrice) === 0),
  chargeLines: ({ submission }: PlannedOrder) => submission.lines.some(({ kind }) => kind === 'charge'),
  sameItemTwice: ({ submission }: PlannedOrder) => repeats(submission.lines.map(({ item }) => item)),
  otherPriceThanAgreed: ({ submission, agreed, incident }: PlannedOrder) =>
    incident === undefined &&
    doorFindings(submission).length === 0 &&
    submission.lines.some((line, at) => {
      const price = agreed?.[at];
      return price !== undefined && priceDiffers(line, price);
    }),
} as const;

/** How each kind of dirt is handled, for the display. */
export const dirtHandled: Readonly<Record<keyof Dirt, string>> = {
  withoutCustomer: 'refused at the door, or quarantined if by the CRM',
  returns: 'refused: goods that come back are a return and not an order',
  zeroPrices: 'no customer bought at them; they learn no price',
  chargeLines: 'never shipped; invoiced with the first shipment or the end',
  sameItemTwice: 'kept as two lines, down to the invoice',
  otherPriceThanAgreed: 'held for their price, released by a person',
};

export const dirtOf = (plan: Plan): Dirt =>
  Object.fromEntries(
    Object.entries(kinds).map(([kind, shows]) => [kind, plan.orders.filter(shows).length]),
  ) as unknown as Dirt;
