import type { Observed } from '../drive/observed.ts';
import type { Expected, Outcome } from '../oracle/expected.ts';
import { compareInvoices, compareSales } from './compare-documents.ts';
import { compareReleases, compareShipments } from './compare-movements.ts';
import { type Finding, lost, wrong } from './difference.ts';
import type { OrderFacts } from './facts.ts';

const none: OrderFacts = {
  sales: [],
  invoices: [],
  issues: [],
  takenBack: 0,
  releases: [],
  shipments: [],
  cancelRequests: [],
};

/** How a submission ended, as its sender saw it and by what really left. `unfinished` when it never came to an end. */
export function outcomeSeen(
  expected: Expected,
  observed: Observed | undefined,
  facts: OrderFacts = none,
): Outcome | 'unfinished' {
  if (observed === undefined) return 'unfinished';
  if (observed.quarantined) return 'quarantined';
  if (observed.orderNumber === undefined) return observed.status === 422 ? 'refused' : 'unfinished';
  if (observed.state === 'held' || observed.state === 'cancelled') return observed.state;
  if (observed.state !== 'completed') return 'unfinished';
  const shipped = facts.shipments
    .flatMap(({ lines }) => lines)
    .reduce((sum, { quantity }) => sum + Number(quantity), 0);
  return shipped < expected.orderedUnits ? 'completed-short' : 'completed';
}

function compareIntake(expected: Expected, observed: Observed): readonly Finding[] {
  const findings: Finding[] = [];
  const told = [...observed.findings].sort().join(', ');
  const foreseen = [...expected.findings].sort().join(', ');
  if (expected.channel === 'api' && told !== foreseen) {
    findings.push(wrong(`the door found ${told || 'nothing'}; expected ${foreseen || 'nothing'}`));
  }
  const missingHolds = expected.holds.filter((kind) => !observed.holdsSeen.includes(kind));
  const strangeHolds = observed.holdsSeen.filter((kind) => !expected.holds.includes(kind));
  // A line's hold may be seen only once the rest has shipped; every one is seen before the end.
  if (missingHolds.length > 0) findings.push(wrong(`it was never held for ${missingHolds.join(', ')}`));
  if (strangeHolds.length > 0) findings.push(wrong(`it was held for ${strangeHolds.join(', ')}`));
  for (const { what, asExpected, answered } of observed.deeds) {
    if (!asExpected) findings.push(wrong(`${what} was answered ${answered}`));
  }
  return findings;
}

const crmWords: Readonly<Partial<Record<Outcome, string>>> = {
  completed: 'completed',
  'completed-short': 'completed',
  cancelled: 'cancelled',
  held: 'held',
};

function compareCrm(expected: Expected, { opportunity }: OrderFacts): readonly Finding[] {
  const word = crmWords[expected.outcome];
  if (expected.channel !== 'crm' || word === undefined) return [];
  if (opportunity === undefined) return [lost('the CRM was never told of the order')];
  const state = String(opportunity.Crossdock_Order_State__c ?? '');
  return state.startsWith(word) ? [] : [wrong(`the CRM shows "${state}"; expected "${word}"`)];
}

/** Everything in which one submission did not go as foreseen. */
export function compareOrder(
  expected: Expected,
  observed: Observed | undefined,
  facts: OrderFacts = none,
): readonly Finding[] {
  if (observed === undefined) return [lost('it was never submitted')];
  const findings: Finding[] = [];
  const outcome = outcomeSeen(expected, observed, facts);
  if (outcome !== expected.outcome) {
    const seen =
      outcome === 'unfinished' ? `unfinished (${observed.trouble ?? observed.state ?? observed.status})` : outcome;
    const text = `it ended ${seen}; expected ${expected.outcome}`;
    findings.push(observed.orderNumber !== undefined && outcome === 'unfinished' ? lost(text) : wrong(text));
  } else if (observed.trouble !== undefined) {
    findings.push(wrong(observed.trouble));
  }
  findings.push(...compareIntake(expected, observed));
  findings.push(...compareSales(expected, facts), ...compareReleases(expected, facts));
  findings.push(...compareShipments(expected, facts), ...compareInvoices(expected, facts));
  const withdrawn = expected.outcome === 'cancelled' && expected.places.length > 0;
  if (withdrawn && facts.takenBack === 0) findings.push(wrong('the ERP still expects to deliver it'));
  return [...findings, ...compareCrm(expected, facts)];
}
