import { type LineQuantities, moveQuantity, type Order, openLine, type QuantityStage } from '#model/canonical';
import type { Decimal } from '#model/kernel';

/** What the stub server answers: about 1.5 KB. */
export interface Answer {
  readonly reference: string;
  readonly at: string;
  readonly lines: readonly { readonly lineNumber: number; readonly unitPrice: Decimal; readonly taxPercent: Decimal }[];
  readonly remarks: string;
}

/** What the warehouse tells when the goods have left. */
export interface ShipmentConfirmation {
  readonly shipmentNumber: string;
  readonly shippedAt: string;
  readonly trackingNumber: string;
  readonly lines: readonly { readonly lineNumber: number; readonly shipped: string }[];
}

interface Reference {
  readonly reference: string;
  readonly at: string;
}

/** The running document: `given` never changes, the rest travels with the order. In the shape of the product's own. */
export interface BenchDocument {
  readonly given: Order;
  readonly lines: Readonly<Record<string, LineQuantities>>;
  readonly prices: Readonly<Record<string, { readonly unitPrice: Decimal; readonly taxPercent: Decimal }>>;
  readonly customer?: Reference;
  readonly reservation?: Reference;
  readonly booking?: Reference;
  readonly release?: Reference;
  readonly shipment?: Omit<ShipmentConfirmation, 'lines'>;
  readonly issue?: Reference;
  readonly invoice?: Reference;
}

export const beginDocument = (given: Order): BenchDocument => ({
  given,
  lines: Object.fromEntries(given.lines.map((line) => [String(line.lineNumber), openLine(line.quantity as Decimal)])),
  prices: {},
});

/** Every line's whole quantity goes from one stage to the next. */
export function moveAll(document: BenchDocument, from: QuantityStage, to: QuantityStage): BenchDocument['lines'] {
  const moved: Record<string, LineQuantities> = {};
  for (const [number, line] of Object.entries(document.lines))
    moved[number] = moveQuantity(line, from, to, line.ordered);
  return moved;
}
