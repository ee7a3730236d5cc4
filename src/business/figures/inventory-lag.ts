import { orderFactTypes } from '#business/flows';
import { oneFigure, secondsBetween } from '#platform/figures';
import { told } from './order-course.ts';

const takingOut = 'take-out-of-stock';

/** A warehouse that says the day only: at which hour goods left is not known. */
const saysDayOnly = (shippedAt: string): boolean => shippedAt.endsWith('T00:00:00.000Z');

/** How long our availability is behind what the warehouse did. */
export const inventoryLag = oneFigure({
  figure: 'inventory-lag',
  version: 1,
  title: 'Inventory lag',
  group: 'kpi',
  unit: 'seconds',
  better: 'lower',
  combines: 'median',
  formula:
    'For each shipment whose goods were taken out of our stock in the time asked for: from the time at which they left, as the warehouse says, to the moment at which our availability no longer counted them. The value is the median. A shipment of which the warehouse says only the day does not count; where its clock is ahead of ours the lag is 0.',
  source:
    'Facts order.dispatched (the warehouse’s shipping time), and take-out-of-stock in the journals of fulfilments.',
  reads: { facts: [orderFactTypes.dispatched], effects: [takingOut] },
  samples: ({ facts, entries }) => {
    const takenOut = new Map(
      entries.flatMap(({ at, entry }) =>
        entry.kind === 'settled' && entry.name === takingOut && entry.outcome === 'done' && entry.undoes === undefined
          ? [[entry.occurrence, at] as const]
          : [],
      ),
    );
    return facts.flatMap(({ type, data }) => {
      const shipment = type === orderFactTypes.dispatched ? told(data).shipment : undefined;
      const at = shipment && takenOut.get(shipment.shipmentNumber);
      if (shipment === undefined || at === undefined || saysDayOnly(shipment.shippedAt)) return [];
      const { shippedAt, shipmentNumber, site } = shipment;
      return [{ at, value: secondsBetween(shippedAt, at), note: `${shipmentNumber} of ${site}` }];
    });
  },
});
