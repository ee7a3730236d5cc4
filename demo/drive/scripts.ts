import type { IncidentKind, PlannedOrder } from '../plan/plan.ts';

/** A behaviour that a simulator is told to show once, for one order. A warehouse's is told to every warehouse. */
export interface PlannedScript {
  readonly system: 'erp' | 'wms';
  readonly script: Readonly<Record<string, unknown>>;
}

/** How much later than usual a late warehouse reports, ms. */
export const lateMs = 2_000;

const erpCalls: Readonly<Partial<Record<IncidentKind, string>>> = {
  'erp-loses-create': 'model.sale.sale.create',
  'erp-loses-confirm': 'model.sale.sale.confirm',
  'erp-loses-shipment': 'model.stock.shipment.out.done',
  'erp-loses-invoice': 'model.account.invoice.post',
};

const warehouseBehaviours: Readonly<Partial<Record<IncidentKind, string>>> = {
  'short-pick': 'short-pick',
  'part-shipments': 'part-shipments',
  'cancellation-accepted': 'accept-cancellation',
  'cancellation-refused': 'refuse-cancellation',
  'reported-twice': 'report-twice',
  'reported-late': 'late',
  'reported-early': 'early',
};

/** What the simulators must be told before the order is sent. */
export function scriptsOf({ submission, incident }: PlannedOrder): readonly PlannedScript[] {
  if (incident === undefined) return [];
  const { customerPurchaseOrder } = submission;
  const call = erpCalls[incident.kind];
  if (call !== undefined) {
    return [{ system: 'erp', script: { on: call, text: customerPurchaseOrder, behaviour: 'lose-answer', times: 1 } }];
  }
  const behaviour = warehouseBehaviours[incident.kind];
  if (behaviour === undefined) return [];
  const item = submission.lines[incident.line ?? -1]?.item;
  const details = {
    ...(incident.kind === 'short-pick' ? { item, quantity: incident.missing } : {}),
    ...(incident.kind === 'reported-late' ? { ms: lateMs } : {}),
  };
  return [{ system: 'wms', script: { purchaseOrder: customerPurchaseOrder, behaviour, ...details } }];
}
