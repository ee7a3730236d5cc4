import { type Call, type Decimal, defineCapability } from '#model/kernel';

export interface PriceRequest {
  readonly customer: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly item: string;
    readonly quantity: Decimal;
    readonly unit: string;
  }[];
}

export type QuotedLine =
  /** The system of record does not know the item, or does not sell it. */
  | { readonly lineNumber: number; readonly known: false }
  | {
      readonly lineNumber: number;
      readonly known: true;
      /** The customer's own price for one unit, before tax. */
      readonly unitPrice: Decimal;
      /** Percent, e.g. `"20"`. */
      readonly taxPercent: Decimal;
      /** The item's stock unit. */
      readonly unit: string;
    };

export interface PricesVerbs {
  /** A question: changes nothing. Answers every line asked. */
  quote(request: PriceRequest, call: Call): Promise<{ readonly lines: readonly QuotedLine[] }>;
}
export const Prices = defineCapability<PricesVerbs>('prices');
