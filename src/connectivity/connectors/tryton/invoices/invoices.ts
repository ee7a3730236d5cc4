import type { InvoiceRequest, InvoicesVerbs } from '#model/capabilities';
import { Fault, foundDone, notDone } from '#model/kernel';
import type { Erp, ErpAccess } from '../erp.ts';
import { press, write } from '../records.ts';
import { idOf } from '../wire.ts';
import { type InvoiceRecord, isDraft, isPosted, postedInvoiceOf, readInvoices } from './invoice-record.ts';

/** The occasion stands in the invoice's description; all that is due is marked in one write, so a half-marked occasion does not exist. */
const markedFor = (invoices: readonly InvoiceRecord[], occasion: string): readonly InvoiceRecord[] =>
  invoices.filter(({ description, state }) => description === occasion && state !== 'cancelled');
const due = (invoices: readonly InvoiceRecord[]): readonly InvoiceRecord[] =>
  invoices.filter((invoice) => isDraft(invoice) && (invoice.description ?? '') === '');
const idsOf = (invoices: readonly InvoiceRecord[]): readonly number[] => invoices.map(({ id }) => id);

async function mark(erp: Erp, sale: number, occasion: string): Promise<readonly InvoiceRecord[]> {
  const invoices = await readInvoices(erp, sale);
  const marked = markedFor(invoices, occasion);
  if (marked.length > 0) return marked;
  const unmarked = due(invoices);
  if (unmarked.length > 0) await write(erp, 'account.invoice', idsOf(unmarked), { description: occasion });
  return unmarked;
}

async function post(erp: Erp, { booking, occasion }: InvoiceRequest): Promise<readonly InvoiceRecord[]> {
  const sale = idOf(booking.id);
  const marked = await mark(erp, sale, occasion);
  const drafts = marked.filter(isDraft);
  if (drafts.length === 0) return marked;
  await press(erp, 'account.invoice', 'post', idsOf(drafts));
  const posted = markedFor(await readInvoices(erp, sale), occasion);
  if (posted.length > 0 && posted.every(isPosted)) return posted;
  throw new Fault('ambiguous', {
    code: 'invoice-not-posted',
    message: `An invoice of ${booking.reference} for ${occasion} is not posted in Tryton after it was posted.`,
  });
}

/** Tryton drafts an invoice when goods leave and when charges are confirmed; posting gives it its number. */
export const createInvoices = (erps: ErpAccess): InvoicesVerbs => ({
  post: (request, call) =>
    erps.during(call, async (erp) => ({ invoices: (await post(erp, request)).map(postedInvoiceOf) })),
  findPosted: (request, call) =>
    erps.during(call, async (erp) => {
      const marked = markedFor(await readInvoices(erp, idOf(request.booking.id)), request.occasion);
      if (marked.length === 0 || !marked.every(isPosted)) return notDone;
      return foundDone({ invoices: marked.map(postedInvoiceOf) });
    }),
});
