import { causes } from './causes.ts';
import { ends, isParked } from './ends.ts';
import type { Evidence, Finding } from './evidence.ts';
import { exactlyOnce } from './exactly-once.ts';
import { intents } from './intents.ts';
import { invoices } from './invoices.ts';
import { stock } from './stock.ts';

/** What a run of a scenario showed of itself: without it, "nothing wrong" means nothing. */
export interface Show {
  readonly acknowledged: number;
  readonly completed: number;
  /** Why a scenario completes no order. */
  readonly completesNothing?: string;
  /** Faults that were announced, with how often each showed itself. */
  readonly planned: readonly { readonly name: string; readonly fired: number }[];
  /** Effects sent again or asked about, connections opened anew …: signs that a fault hit somebody. */
  readonly retries: number;
  readonly mustRetry: boolean;
}

export interface CheckOptions {
  /** A real ERP's books do not say when. Default true. */
  readonly erpKeepsTime?: boolean;
}

/** I1 to I7 on the evidence. (I8 needs reconciliation, which is not built yet.) */
export function check(evidence: Evidence, { erpKeepsTime = true }: CheckOptions = {}): readonly Finding[] {
  return [
    ...exactlyOnce(evidence),
    ...intents(evidence),
    ...stock(evidence),
    ...causes(evidence, { erpKeepsTime }),
    ...invoices(evidence),
    ...ends(evidence),
    ...evidence.brokenChains.map((what): Finding => ({ rule: 'I7', means: 'wrong', what })),
  ];
}

/** Why a run without findings proves nothing. */
export function vacuous({
  acknowledged,
  completed,
  completesNothing,
  planned,
  retries,
  mustRetry,
}: Show): readonly Finding[] {
  const empty = (what: string): Finding => ({ rule: 'not vacuous', means: 'wrong', what });
  return [
    ...(acknowledged === 0 ? [empty('nothing was acknowledged')] : []),
    ...(completed === 0 && completesNothing === undefined ? [empty('no order was completed')] : []),
    ...(planned.length === 0 ? [empty('no fault was planned')] : []),
    ...planned.filter(({ fired }) => fired === 0).map(({ name }) => empty(`the fault "${name}" never fired`)),
    ...(mustRetry && retries === 0 ? [empty('nothing had to be done again')] : []),
  ];
}

/** Orders that are affected, by what it means for them. */
export function countOrders(findings: readonly Finding[], means: Finding['means']): number {
  const about = findings.filter((finding) => finding.means === means);
  const named = new Set(about.flatMap(({ orderNumber }) => (orderNumber === undefined ? [] : [orderNumber])));
  return named.size + about.filter(({ orderNumber }) => orderNumber === undefined).length;
}

export const countParked = ({ orders }: Evidence): number =>
  [...orders.values()].filter((order) => order !== undefined && isParked(order)).length;

export const countCompleted = ({ orders }: Evidence): number =>
  [...orders.values()].filter((order) => order?.state === 'completed').length;
