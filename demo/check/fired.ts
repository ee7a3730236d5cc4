import type { Scripted } from '../../simulators/kit/index.ts';
import type { Observed } from '../drive/observed.ts';
import { twinId } from '../oracle/foresee.ts';
import { type IncidentKind, incidentKinds, type Plan } from '../plan/plan.ts';
import type { OrderFacts } from './facts.ts';

/** What the simulators say of the scripts that they were told. */
export type ScriptRecords = readonly Scripted<Readonly<Record<string, unknown>>>[];

export type Firings = Readonly<Record<IncidentKind, { readonly planned: number; readonly fired: number }>>;

/** A script names its order by the purchase order number, in one member or the other. */
const numberIn = (script: Readonly<Record<string, unknown>>): unknown => script.purchaseOrder ?? script.text;

interface Evidence {
  readonly observed: Observed | undefined;
  readonly twin: Observed | undefined;
  readonly facts: OrderFacts | undefined;
}

const units = (lines: readonly { readonly quantity: { toNumber(): number } }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity.toNumber(), 0);

/** Did the order really meet what was planned for it? A script says so itself; for the rest it shows. */
const proofs: Readonly<Partial<Record<IncidentKind, (evidence: Evidence) => boolean>>> = {
  'credit-released': ({ observed }) => observed?.holdsSeen.includes('credit') === true,
  'credit-never-released': ({ observed }) => observed?.holdsSeen.includes('credit') === true,
  'cancelled-while-held': ({ observed }) => observed?.deeds.some(({ what }) => what === 'cancel') === true,
  'unknown-item': ({ observed }) => observed?.holdsSeen.includes('item') === true,
  'price-moved': ({ observed }) => observed?.holdsSeen.includes('price') === true,
  'stock-backordered': ({ observed }) => observed?.statesSeen.includes('awaiting-remainder') === true,
  'stock-fill-or-kill': ({ observed, facts }) =>
    observed?.state === 'completed' && facts !== undefined && units(facts.sales.flatMap(({ lines }) => lines)) > 0,
  'stock-ship-complete': ({ observed }) => observed?.statesSeen.includes('awaiting-stock') === true,
  'two-warehouses': ({ facts }) => new Set(facts?.releases.map(({ site }) => site)).size > 1,
  'repeated-submission': ({ observed }) => (observed?.deeds.length ?? 0) > 0,
  'changed-submission': ({ observed }) => (observed?.deeds.length ?? 0) > 0,
  'duplicate-purchase-order': ({ twin }) => twin?.holdsSeen.includes('duplicate') === true,
};

/** Counts, for each kind of incident, how many were laid and how many really happened. */
export function firings(
  plan: Plan,
  observed: ReadonlyMap<string, Observed>,
  facts: ReadonlyMap<string, OrderFacts>,
  scripts: ScriptRecords,
): Firings {
  const firedNumbers = new Set(scripts.filter(({ fired }) => fired > 0).map(({ script }) => numberIn(script)));
  const counts = Object.fromEntries(incidentKinds.map((kind) => [kind, { planned: 0, fired: 0 }])) as Record<
    IncidentKind,
    { planned: number; fired: number }
  >;
  for (const order of plan.orders) {
    const kind = order.incident?.kind;
    if (kind === undefined) continue;
    const seen = observed.get(order.id);
    const proof = proofs[kind];
    const happened =
      proof === undefined
        ? firedNumbers.has(order.submission.customerPurchaseOrder)
        : proof({
            observed: seen,
            twin: observed.get(twinId(order.id)),
            facts: facts.get(seen?.orderNumber ?? ''),
          });
    counts[kind].planned += 1;
    if (happened) counts[kind].fired += 1;
  }
  return counts;
}
