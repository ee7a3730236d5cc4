import type { Shipment } from '#model/canonical';
import { add, compare, type Decimal, sum } from '#model/kernel';
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
  return { ...doc, shipments: [first, ...others], final: final || doc.final };
};

/** What left of a line, or never will, by everything that was reported. */
const accountedFor = (doc: FulfilmentDocument, lineNumber: number): Decimal =>
  sum(
    doc.shipments
      .flatMap(({ lines }) => lines.filter((line) => line.lineNumber === lineNumber))
      .map(({ shipped, short }) => add(shipped, short)),
  );

/**
 * The warehouse has said so, and every released piece is accounted for. A last part that overtook an earlier one is not the end:
 * what is missing has left already, and given up as a rest it would be shipped a second time.
 */
export const nothingMoreFollows = (doc: FulfilmentDocument): boolean =>
  doc.final &&
  doc.given.fulfilment.lines.every(({ lineNumber, quantity }) => compare(accountedFor(doc, lineNumber), quantity) >= 0);
export const somethingLeft = (doc: FulfilmentDocument): boolean => doc.shipments.length > 0;
export const cancellationAsked = (doc: FulfilmentDocument): boolean => doc.cancelReason !== undefined;

/** More left, or is said to be short, than was released: no document may say so before a person has looked. */
export const beyondTheRelease = (doc: FulfilmentDocument, { shipment }: Confirmation): boolean => {
  const after = takeShipment(doc, { shipment, final: false });
  return shipment.lines.some(({ lineNumber }) => {
    const released = doc.given.fulfilment.lines.find((line) => line.lineNumber === lineNumber)?.quantity;
    return released === undefined || compare(accountedFor(after, lineNumber), released) > 0;
  });
};
