import type { Big } from 'big.js';

/** A line of a document; `item` is the product's code. */
export interface BookLine {
  readonly item: string;
  readonly quantity: Big;
  readonly unitPrice: Big;
}

/** Pounds: before tax, tax, both. */
export interface Amounts {
  readonly untaxed: Big;
  readonly tax: Big;
  readonly total: Big;
}

export interface BookedSale extends Amounts {
  readonly number: string;
  /** Our order number. */
  readonly reference: string;
  /** Our key. */
  readonly description: string;
  readonly comment: string;
  readonly state: string;
  /** Set by confirmation, when it was left empty. */
  readonly isDated: boolean;
  /** Code of the warehouse. */
  readonly warehouse: string;
  readonly lines: readonly BookLine[];
}

export interface BookedShipment {
  readonly number: string;
  /** The warehouse's shipment number. */
  readonly reference: string;
  readonly state: string;
  readonly warehouse: string;
  /** References of the sales that it delivers. */
  readonly orders: readonly string[];
  /** What goes to the customer. */
  readonly moves: readonly { readonly item: string; readonly quantity: Big; readonly state: string }[];
}

export interface BookedInvoice extends Amounts {
  readonly number: string;
  readonly state: string;
  /** References of the sales that it invoices. */
  readonly orders: readonly string[];
  readonly lines: readonly BookLine[];
  readonly taxes: readonly { readonly rate: Big; readonly base: Big; readonly amount: Big }[];
}

/** What a Tryton has of sales and what came of them, whatever its state. */
export interface TrytonBooks {
  readonly sales: readonly BookedSale[];
  readonly shipments: readonly BookedShipment[];
  readonly invoices: readonly BookedInvoice[];
}
