import { orderFactTypes } from '#business/flows';
import type { Course } from '#platform/figures';
import { oneFigure, secondsBetween } from '#platform/figures';
import { told } from './order-course.ts';

const telling = 'tell-crm';
const targetMinutes = 15;

interface News {
  readonly trackingNumbers: readonly string[];
}

/** When the CRM took each tracking number first. */
function toldAt({ entries }: Course): ReadonlyMap<string, string> {
  const asked = new Map<string, readonly string[]>();
  const first = new Map<string, string>();
  for (const { at, entry } of entries) {
    if (entry.kind === 'asked' && entry.name === telling && entry.request !== null) {
      asked.set(entry.occurrence, (entry.request as News).trackingNumbers);
    }
    if (entry.kind !== 'settled' || entry.name !== telling || entry.outcome !== 'done') continue;
    for (const number of asked.get(entry.occurrence) ?? []) if (!first.has(number)) first.set(number, at);
  }
  return first;
}

/** Whether sales can see what left. */
export const shipmentVisibilityAccuracy = oneFigure({
  figure: 'shipment-visibility-accuracy',
  version: 1,
  title: 'Shipment visibility accuracy',
  group: 'kpi',
  unit: 'share',
  better: 'higher',
  combines: 'mean',
  formula: `Of the shipments of orders from the CRM that the warehouses reported in the time asked for: the share of those whose tracking number the CRM had taken within ${targetMinutes} minutes of the report. A shipment without a tracking number is not visible; one that is neither told nor overdue does not count yet. Quantities are not compared: the CRM is told none.`,
  source: 'Facts order.dispatched; tell-crm in the journals of order-news: what was asked and when it was taken.',
  reads: { facts: [orderFactTypes.dispatched], effects: [telling] },
  samples: (course) => {
    const taken = toldAt(course);
    return course.facts.flatMap(({ type, at, data }) => {
      if (type !== orderFactTypes.dispatched || told(data).channel !== 'crm') return [];
      const { shipment } = told(data);
      if (shipment === undefined) return [];
      const { shipmentNumber, trackingNumber } = shipment;
      if (trackingNumber === undefined) return [{ at, value: 0, note: `${shipmentNumber} has no tracking number` }];
      const tookAt = taken.get(trackingNumber);
      const seconds = secondsBetween(at, tookAt ?? course.asOf);
      if (tookAt === undefined && seconds <= targetMinutes * 60) return [];
      if (tookAt === undefined) return [{ at, value: 0, note: `${trackingNumber} was not told` }];
      const inTime = seconds <= targetMinutes * 60;
      return [{ at, value: inTime ? 1 : 0, note: `${trackingNumber} told after ${Math.round(seconds)} s` }];
    });
  },
});
