import type { Static } from 'typebox';
import type { Comparison } from '../comparison-schema.ts';
import type { OrderRecord } from '../record/order-record.ts';
import { judgeBooked } from './booked-money.ts';
import { judgeCalls } from './calls.ts';
import { ourselves, type Row } from './cell.ts';
import { type CrmView, judgeCrm } from './crm.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { judgeHeader } from './header-rows.ts';
import { judgeInvoiced } from './invoiced-money.ts';
import { judgeLines } from './line-rows.ts';
import { judgePrices } from './price-rows.ts';
import { type Role, roleOf } from './role.ts';
import { stateRows } from './state-rows.ts';
import { judgeWarehouses } from './warehouse.ts';

type System = Comparison['systems'][number];

/** Who has a part in the order, and when each was last heard. */
function systemsOf(evidence: Evidence, crm: CrmView | undefined): readonly System[] {
  const { askings, hearings, order, handovers } = evidence;
  const roles = new Map<string, Role>(crm === undefined ? [] : [[crm.system, 'crm']]);
  for (const each of askings) {
    const role = roleOf(each);
    if (role !== undefined && !roles.has(each.system)) roles.set(each.system, role);
  }
  for (const { warehouse } of handovers) if (warehouse !== undefined) roles.set(warehouse, 'warehouse');
  const lastHeard = (system: string): string | undefined =>
    [
      ...askings.filter((each) => each.system === system).map(({ settledAt }) => settledAt),
      ...hearings.filter((each) => each.system === system).map(({ at }) => at),
    ]
      .filter((at) => at !== undefined)
      .toSorted()
      .at(-1);
  const places: readonly Role[] = ['crm', 'erp', 'warehouse'];
  const others = [...roles].map(([system, role]): System => {
    const heard = lastHeard(system);
    return { system, role, ...(heard === undefined ? {} : { lastHeardAt: heard }) };
  });
  return [
    { system: ourselves, role: 'crossdock', lastHeardAt: order.updatedAt },
    ...others.toSorted(
      (one, other) =>
        places.indexOf(one.role as Role) - places.indexOf(other.role as Role) || (one.system < other.system ? -1 : 1),
    ),
  ];
}

/** The rows of one line together, its prices with its quantities. */
function lineByLine(prices: readonly Row[], lines: readonly Row[]): readonly Row[] {
  const ofLine = new Map<number | undefined, Row[]>();
  for (const each of [...lines, ...prices]) ofLine.set(each.line, [...(ofLine.get(each.line) ?? []), each]);
  return [...ofLine.values()].flat();
}

/**
 * Who says what of an order: CRM, ERP and warehouses beside our own books, by what each has last answered or told, and what is missing
 * where they contradict each other. What is under way, and in time, is no contradiction.
 */
export function compareSystems(record: OrderRecord): Static<typeof Comparison> {
  const evidence = gatherEvidence(record);
  const crm = judgeCrm(evidence);
  const header = judgeHeader(evidence);
  const prices = judgePrices(evidence);
  const booked = judgeBooked(evidence);
  const invoiced = judgeInvoiced(evidence);
  const lines = judgeLines(evidence);
  return {
    orderNumber: record.order.key,
    asOf: record.asOf,
    systems: [...systemsOf(evidence, crm)],
    rows: [
      ...stateRows(evidence, crm),
      ...header.rows,
      ...booked.rows,
      ...invoiced.rows,
      ...lineByLine(prices.rows, lines.rows),
    ],
    contradictions: [
      ...judgeCalls(evidence),
      ...judgeWarehouses(evidence),
      ...(crm?.contradictions ?? []),
      ...header.contradictions,
      ...prices.contradictions,
      ...booked.contradictions,
      ...invoiced.contradictions,
      ...lines.contradictions,
    ],
  };
}
