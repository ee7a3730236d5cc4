import type { MissingFigure } from '#platform/figures';

/** Figures that are wanted and for which nothing is recorded yet. */
export const missingFigures: readonly MissingFigure[] = [
  {
    figure: 'inventory-accuracy',
    title: 'Inventory accuracy',
    group: 'kpi',
    unit: 'share',
    better: 'higher',
    formula:
      'Of the positions (item, site and bucket) that were compared in the time asked for: the share of those whose quantity here equals that of the warehouse, what is in flight subtracted.',
    source: 'The reconciliation of inventory with the warehouses.',
    because: 'There is no reconciliation of inventory yet: no warehouse’s count is compared with ours.',
  },
  {
    figure: 'return-processing-time',
    title: 'Return processing time',
    group: 'kpi',
    unit: 'seconds',
    better: 'lower',
    formula:
      'For each return that was closed in the time asked for: from its authorisation to its credit memo. The value is the median.',
    source: 'Runs of the returns flow.',
    because: 'There is no flow of returns yet.',
  },
  {
    figure: 'invoice-reconciliation-effort',
    title: 'Invoice reconciliation effort',
    group: 'kpi',
    unit: 'count',
    better: 'lower',
    formula:
      'For each 100 invoices posted in the time asked for: the variances between shipment and invoice that a person had to decide.',
    source: 'The reconciliation of shipments, invoices and returns.',
    because: 'There is no reconciliation of shipments and invoices yet, so no variance is recorded.',
  },
  {
    figure: 'time-to-onboard',
    title: 'Time to onboard a customer',
    group: 'kpi',
    unit: 'seconds',
    better: 'lower',
    formula:
      'For each customer who could order for the first time in the time asked for: from the account’s creation to that moment. The value is the median.',
    source: 'Runs of the onboarding flow.',
    because: 'There is no flow of customer onboarding yet: customers are read from the ERP as they are.',
  },
];
