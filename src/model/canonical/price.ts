import { type Static, Type } from 'typebox';
import { CurrencyCode, closed, DateText, DecimalText, Identifier, UnitCode } from './schema.ts';

/** What one unit costs before tax: a customer's own price, or everybody's when no customer is named. UBL Price, X12 CTP. */
export const Price = Type.Object(
  {
    item: Identifier('Our item number.', 40),
    customer: Type.Optional(Identifier('Absent: the list price.', 40)),
    currency: CurrencyCode,
    unit: UnitCode,
    /** UBL PriceAmount, X12 CTP03 and PO104. */
    unitPrice: DecimalText,
    /** From this quantity on. UBL MinimumQuantity, X12 CTP04. */
    minimumQuantity: Type.Optional(DecimalText),
    validFrom: Type.Optional(DateText),
    /** Before this day. */
    validTo: Type.Optional(DateText),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/price/1' },
);
export type Price = Static<typeof Price>;
