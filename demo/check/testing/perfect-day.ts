import { Big } from 'big.js';
import type { LedgerEntry } from '../../../simulators/kit/index.ts';
import type { Observed } from '../../drive/observed.ts';
import { scriptsOf } from '../../drive/scripts.ts';
import type { Expected, ExpectedLine, ExpectedPlace } from '../../oracle/expected.ts';
import { foreseeDay } from '../../oracle/foresee.ts';
import type { Plan } from '../../plan/plan.ts';
import type { DayEvidence } from '../check-day.ts';

const entry = (system: string, kind: string, more: object): LedgerEntry => ({
  at: '2026-03-01T09:30:00.000Z',
  system,
  kind,
  ...more,
});

const erpLines = (lines: readonly ExpectedLine[]) =>
  lines.map(({ item, quantity, unitPrice }) => ({
    product: item,
    quantity: quantity.toFixed(),
    unitPrice: unitPrice.toFixed(4),
  }));

function amounts(lines: readonly ExpectedLine[]) {
  const untaxed = lines.reduce(
    (sum, { quantity, unitPrice }) => sum.plus(quantity.times(unitPrice).round(2)),
    new Big(0),
  );
  const tax = untaxed.times('0.2').round(2);
  return { untaxed: untaxed.toFixed(2), tax: tax.toFixed(2), total: untaxed.plus(tax).toFixed(2) };
}

/** What the systems write of one place of an order that goes as foreseen. */
function placeEntries(
  orderNumber: string,
  { booked, shipped }: ExpectedPlace,
  site: string,
  charges: readonly ExpectedLine[],
  chargesInvoiced: boolean,
) {
  const sold = [...booked, ...charges];
  const invoiced = [...shipped, ...(chargesInvoiced ? charges : [])];
  const sale = { reference: orderNumber, warehouse: site, number: `S${orderNumber}${site}` };
  const fulfilmentNumber = `${orderNumber}-${site}-1`;
  const shipmentNumber = `W${orderNumber}${site}`;
  const moved = (lines: readonly ExpectedLine[]) =>
    lines.map(({ item, quantity }, at) => ({ line: at + 1, item, quantity: quantity.toFixed() }));
  const erp = [entry('erp', 'sale-confirmed', { ...sale, lines: erpLines(sold), ...amounts(sold) })];
  const wms: LedgerEntry[] = [];
  const system = `wms-${site}`;
  if (booked.length > 0) wms.push(entry(system, 'release-received', { fulfilmentNumber, lines: moved(booked) }));
  if (shipped.length > 0) {
    wms.push(entry(system, 'shipped', { fulfilmentNumber, shipmentNumber, lines: moved(shipped) }));
    erp.push(
      entry('erp', 'shipment-done', { ...sale, number: 'D', shipment: shipmentNumber, lines: erpLines(shipped) }),
    );
  }
  if (booked.length > 0 && shipped.length === 0) erp.push(entry('erp', 'sale-cancelled', sale));
  if (invoiced.length > 0) {
    const invoice = { reference: orderNumber, number: `I${orderNumber}${site}` };
    erp.push(entry('erp', 'invoice-posted', { ...invoice, lines: erpLines(invoiced), ...amounts(invoiced) }));
  }
  return { erp, wms };
}

const statesOf: Readonly<Partial<Record<string, readonly string[]>>> = {
  'stock-backordered': ['awaiting-remainder'],
  'stock-ship-complete': ['awaiting-stock'],
};

function observedOf(expected: Expected, orderNumber: string): Observed {
  const { id, channel, incident, outcome, findings, holds } = expected;
  const isIn = outcome !== 'refused' && outcome !== 'quarantined';
  const deeds = incident === undefined ? [] : [{ what: 'cancel', asExpected: true }];
  return {
    id,
    channel,
    ...(incident === undefined ? {} : { incident }),
    ...(channel === 'api' ? { status: isIn ? 202 : 422, findings } : { findings: [] }),
    ...(isIn ? { orderNumber, state: outcome === 'completed-short' ? 'completed' : outcome } : {}),
    quarantined: outcome === 'quarantined',
    statesSeen: statesOf[incident ?? ''] ?? [],
    holdsSeen: holds,
    deeds,
    acknowledgedMs: 5,
    wholeMs: 900,
  };
}

/** The evidence of a day on which everything goes exactly as foreseen. */
export function perfectDay(plan: Plan): DayEvidence {
  const expected = foreseeDay(plan);
  const erp: LedgerEntry[] = [];
  const wms: LedgerEntry[] = [];
  const crm: LedgerEntry[] = [];
  const observed = expected.map((each, at) => {
    const orderNumber = String(100_001 + at);
    for (const [index, place] of each.places.entries()) {
      const site = place.site === 'any' ? 'NORTH' : place.site;
      const charges = index === 0 ? each.charges : [];
      const entries = placeEntries(orderNumber, place, site, charges, each.chargesInvoiced);
      erp.push(...entries.erp);
      wms.push(...entries.wms);
    }
    const seen = observedOf(each, orderNumber);
    if (each.channel === 'crm' && seen.state !== undefined) {
      const fields = { Crossdock_Order_Number__c: orderNumber, Crossdock_Order_State__c: seen.state };
      crm.push(entry('crm', 'opportunity-updated', { id: '006', fields }));
    }
    return seen;
  });
  const scripts = plan.orders.flatMap(scriptsOf).map(({ script }) => ({ script, times: 1, fired: 1 }));
  return { plan, expected, observed, ledgers: { erp, wms, crm }, scripts };
}
