import { Type } from 'typebox';
import { LineKind } from './order.ts';
import { DecimalText, Identifier, UnitCode } from './schema.ts';

/** What the lines of an invoice and of a credit memo have in common. */
export const billedLine = {
  lineNumber: Type.Integer({ minimum: 1, description: 'UBL InvoiceLine/ID, X12 IT101.' }),
  orderNumber: Identifier('UBL OrderLineReference/OrderReference.', 30),
  orderLineNumber: Type.Integer({ minimum: 1, description: 'UBL OrderLineReference/LineID.' }),
  kind: LineKind,
  item: Identifier('Our item number, or the charge code. X12 IT107 with VN.', 40),
  quantity: DecimalText,
  unit: UnitCode,
  /** UBL PriceAmount, X12 IT104. */
  unitPrice: DecimalText,
  /** Quantity times price, rounded to the currency. UBL LineExtensionAmount. */
  net: DecimalText,
  taxPercent: Type.Optional(DecimalText),
};

/** Totals in the document's currency. UBL LegalMonetaryTotal and TaxTotal, X12 TDS and TXI. */
export const billedTotals = {
  net: DecimalText,
  tax: DecimalText,
  /** Net and tax. UBL PayableAmount. */
  gross: DecimalText,
};
