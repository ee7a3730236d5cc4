import { type Call, type Decimal, defineCapability, type Inquiry } from '#model/kernel';
import type { Booking } from './sales-orders.ts';

export interface InvoiceRequest {
  readonly booking: Booking;
  /** What is invoiced: everything issued or due on the booking and not yet invoiced. Names the occasion: a shipment, or `charges`. */
  readonly occasion: string;
}

export interface PostedInvoice {
  readonly id: string;
  readonly number: string;
  readonly untaxed: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
  /** Invoiced quantity of each line. */
  readonly lines: readonly { readonly item: string; readonly quantity: Decimal; readonly unitPrice: Decimal }[];
}

export interface InvoicesVerbs {
  /**
   * Posts what is due on the booking; one occasion posts once. Answers every invoice posted for this occasion, usually one,
   * none when nothing was due. Resumes when `call.attempt` > 1.
   */
  post(request: InvoiceRequest, call: Call): Promise<{ readonly invoices: readonly PostedInvoice[] }>;
  findPosted(request: InvoiceRequest, call: Call): Promise<Inquiry<{ readonly invoices: readonly PostedInvoice[] }>>;
}
export const Invoices = defineCapability<InvoicesVerbs>('invoices');
