import { type Static, Type } from 'typebox';
import { closed, DecimalText, Identifier } from '#model/canonical';
import { type Call, defineCapability, type Inquiry } from '#model/kernel';
import type { Frozen } from './frozen.ts';
import { Booking } from './sales-orders.ts';

export const InvoiceRequest = Type.Object(
  {
    booking: Booking,
    occasion: Identifier(
      'What is invoiced: everything issued or due on the booking and not yet invoiced. Names the occasion: a shipment, or `charges`.',
      60,
    ),
  },
  closed,
);
export type InvoiceRequest = Frozen<Static<typeof InvoiceRequest>>;

export const PostedInvoice = Type.Object(
  {
    id: Identifier('Its id there.', 100),
    number: Identifier('Its number there.', 100),
    untaxed: DecimalText,
    tax: DecimalText,
    total: DecimalText,
    lines: Type.Array(Type.Object({ item: Type.String(), quantity: DecimalText, unitPrice: DecimalText }, closed), {
      description: 'Invoiced quantity of each line.',
    }),
  },
  closed,
);
export type PostedInvoice = Frozen<Static<typeof PostedInvoice>>;

export const PostedInvoices = Type.Object({ invoices: Type.Array(PostedInvoice) }, closed);

export interface InvoicesVerbs {
  /**
   * Posts what is due on the booking; one occasion posts once. Answers every invoice posted for this occasion, usually one,
   * none when nothing was due. Resumes when `call.attempt` > 1.
   */
  post(request: InvoiceRequest, call: Call): Promise<{ readonly invoices: readonly PostedInvoice[] }>;
  findPosted(request: InvoiceRequest, call: Call): Promise<Inquiry<{ readonly invoices: readonly PostedInvoice[] }>>;
}
export const Invoices = defineCapability<InvoicesVerbs>('invoices');
