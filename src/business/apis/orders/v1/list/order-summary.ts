import { decimal } from '#model/kernel';
import type { ListedRun } from '#platform/progress';
import type { OrderSummary } from '../list-schema.ts';
import { stateMeans } from '../view.ts';

type Worth = NonNullable<OrderSummary['worth']>;

export const worthOf = ({ amount, currency }: { readonly amount: string; readonly currency: string }): Worth => ({
  amount: decimal(amount),
  currency,
});

/** `party` is the word of the machinery. */
const kindInWords = (kind: string): string => (kind === 'party' ? 'customer' : kind);

/** An order as a line of a list. */
export function orderSummary(run: ListedRun): OrderSummary {
  const { channel, customerPurchaseOrder, lines } = run.shows;
  return {
    orderNumber: run.key,
    state: run.state,
    stateMeans: stateMeans(run.state),
    phase: run.phase,
    ...(run.ending === undefined ? {} : { ending: run.ending }),
    customer: run.party ?? '',
    ...(run.partyName === undefined ? {} : { customerName: run.partyName }),
    ...(customerPurchaseOrder === undefined ? {} : { customerPurchaseOrder: String(customerPurchaseOrder) }),
    ...(channel === undefined ? {} : { channel: channel as NonNullable<OrderSummary['channel']> }),
    sites: [...run.sites],
    ...(run.worth === undefined ? {} : { worth: worthOf(run.worth) }),
    ...(run.dueBy === undefined ? {} : { dueBy: run.dueBy }),
    acceptedAt: run.startedAt,
    enteredAt: run.enteredAt,
    updatedAt: run.updatedAt,
    lineCount: Number(lines ?? 0),
    openCases: run.openCases,
    ...(run.matched === undefined
      ? {}
      : { matched: { kind: kindInWords(run.matched.kind), value: run.matched.value } }),
  };
}
