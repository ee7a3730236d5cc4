import { type Static, Type } from 'typebox';
import { CurrencyCode, closed, DecimalText, Identifier, UnitCode } from '#model/canonical';
import { type Call, defineCapability } from '#model/kernel';
import type { Frozen } from './frozen.ts';

const lineNumber = Type.Integer({ minimum: 1 });

export const PriceRequest = Type.Object(
  {
    customer: Identifier("The customer's number.", 40),
    currency: CurrencyCode,
    lines: Type.Array(
      Type.Object(
        { lineNumber, item: Identifier('Our item number.', 40), quantity: DecimalText, unit: UnitCode },
        closed,
      ),
    ),
  },
  closed,
);
export type PriceRequest = Frozen<Static<typeof PriceRequest>>;

export const QuotedLine = Type.Union([
  /** The system of record does not know the item, or does not sell it. */
  Type.Object({ lineNumber, known: Type.Literal(false) }, closed),
  Type.Object(
    {
      lineNumber,
      known: Type.Literal(true),
      /** The customer's own price for one unit, before tax. */
      unitPrice: DecimalText,
      /** Percent, e.g. `"20"`. */
      taxPercent: DecimalText,
      /** The item's stock unit. */
      unit: UnitCode,
    },
    closed,
  ),
]);
export type QuotedLine = Frozen<Static<typeof QuotedLine>>;

export const Quotation = Type.Object({ lines: Type.Array(QuotedLine) }, closed);

export interface PricesVerbs {
  /** A question: changes nothing. Answers every line asked. */
  quote(request: PriceRequest, call: Call): Promise<{ readonly lines: readonly QuotedLine[] }>;
}
export const Prices = defineCapability<PricesVerbs>('prices');
