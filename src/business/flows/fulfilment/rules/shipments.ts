import type { Shipment } from '#model/canonical';
import type { Dispatched, FulfilmentDocument } from '../document.ts';

interface Confirmation {
  readonly shipment: Shipment;
  readonly final: boolean;
}

/** The shipment that is being booked: the last that left. */
export const latestShipment = (doc: Dispatched): Shipment => doc.shipments.at(-1) ?? doc.shipments[0];

/** The warehouse reported this shipment before. */
export const alreadyReported = (doc: FulfilmentDocument, confirmation: Confirmation): boolean =>
  doc.shipments.some((shipment) => shipment.shipmentNumber === confirmation.shipment.shipmentNumber);

export const takeShipment = (doc: FulfilmentDocument, { shipment, final }: Confirmation): Dispatched => {
  const [first = shipment, ...others] = [...doc.shipments, shipment];
  return { ...doc, shipments: [first, ...others], final };
};

export const nothingMoreFollows = (doc: FulfilmentDocument): boolean => doc.final;
export const somethingLeft = (doc: FulfilmentDocument): boolean => doc.shipments.length > 0;
export const cancellationAsked = (doc: FulfilmentDocument): boolean => doc.cancelReason !== undefined;
