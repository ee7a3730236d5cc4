import type { IncidentKind } from '../plan/plan.ts';
import type { OrderView } from './observed.ts';

/** What people decide about an order when they see it as it is. */
export type Decision =
  | { readonly do: 'wait' }
  | { readonly do: 'nothing-more' }
  | { readonly do: 'release'; readonly hold: string; readonly reason: string }
  | { readonly do: 'cancel'; readonly reason: string }
  | { readonly do: 'submit-twin' };

/** What an order is to them: its incident, if any, or the unwanted second order under the same number. */
export type Role = IncidentKind | 'twin' | undefined;

const finished: readonly string[] = ['completed', 'cancelled'];
const wait: Decision = { do: 'wait' };
const nothingMore: Decision = { do: 'nothing-more' };

/** A decision is made once: it is named here so that it can be struck off. */
export const decisionName = (decision: Decision): string =>
  decision.do === 'release' ? `release ${decision.hold}` : decision.do;

function aboutHolds({ holds }: OrderView, role: Role): readonly Decision[] {
  const kinds = holds.map(({ kind }) => kind);
  const release = (kind: string, reason: string): readonly Decision[] =>
    holds.filter((hold) => hold.kind === kind).map(({ hold }): Decision => ({ do: 'release', hold, reason }));
  if (role === 'twin') return kinds.includes('duplicate') ? [{ do: 'cancel', reason: 'ordered twice' }] : [];
  if (role === 'cancelled-while-held') return [{ do: 'cancel', reason: 'the customer did not want to wait' }];
  if (role === 'credit-never-released') return kinds.includes('credit') ? [nothingMore] : [];
  const first: readonly Decision[] = role === 'duplicate-purchase-order' ? [{ do: 'submit-twin' }] : [];
  return [
    ...first,
    ...(role === 'credit-released' ? release('credit', 'paid in advance') : []),
    ...release('price', 'agreed with the customer on the phone'),
  ];
}

function candidates(view: OrderView, role: Role): readonly Decision[] {
  if (finished.includes(view.state)) return [nothingMore];
  switch (view.state) {
    case 'held':
      return aboutHolds(view, role);
    case 'awaiting-stock':
      return [{ do: 'cancel', reason: 'the customer needs all of it today' }];
    case 'awaiting-remainder':
      return [{ do: 'cancel', reason: 'the customer does without the rest' }];
    case 'fulfilling':
      return role === 'cancellation-accepted' || role === 'cancellation-refused'
        ? [{ do: 'cancel', reason: 'the customer changed its mind' }]
        : [];
    default:
      return [];
  }
}

/** What to do next about an order: the first thing that has not been done yet, or wait for it to move. */
export const decide = (view: OrderView, role: Role, done: ReadonlySet<string>): Decision =>
  candidates(view, role).find((decision) => decision.do === 'nothing-more' || !done.has(decisionName(decision))) ??
  wait;
