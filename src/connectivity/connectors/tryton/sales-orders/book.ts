import type { Booking, BookingRequest } from '#model/capabilities';
import { type Call, Fault } from '#model/kernel';
import type { Directory } from '../directory/index.ts';
import type { Erp } from '../erp.ts';
import { press } from '../records.ts';
import type { Session } from '../session.ts';
import { Ids, reader } from '../wire.ts';
import { draftOf } from './draft.ts';
import { bookingOf, findSale, isBooked, readSale, type SaleRecord } from './sale-record.ts';

const readIds = reader(Ids);

const isCreditWarning = (warning: string): boolean => warning.startsWith('credit_limit_');

/** Quotes and confirms, whichever is still to do: a button that has nothing to do is skipped over there. */
async function confirm(erp: Erp, sale: number, override: Session | undefined): Promise<SaleRecord> {
  await press(erp, 'sale.sale', 'quote', [sale]);
  const speech = override === undefined ? {} : { as: override, wave: isCreditWarning };
  await press(erp, 'sale.sale', 'confirm', [sale], speech);
  const confirmed = await readSale(erp, sale);
  // With a queue, or when processing met a lock, the confirmed sale waits to be processed: a second time changes nothing.
  if (confirmed.state !== 'confirmed') return confirmed;
  await press(erp, 'sale.sale', 'process', [sale]);
  return readSale(erp, sale);
}

/** What Tryton refused must not stay behind: it would hold stock, and the order may come again under another key. */
async function discard(erp: Erp, sale: number, refused: Fault): Promise<never> {
  try {
    await press(erp, 'sale.sale', 'delete', [sale]);
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message.slice(0, 200) : '';
    const message = `Tryton refused the sale ${sale} (${refused.code}) and it could not be taken away.`;
    throw new Fault('ambiguous', { code: 'refused-sale-left', message, said }, thrown);
  }
  throw refused;
}

async function complete(erp: Erp, sale: number, override: Session | undefined): Promise<Booking> {
  const confirmed = await confirm(erp, sale, override).catch((thrown: unknown) => {
    if (thrown instanceof Fault && thrown.kind === 'business') return discard(erp, sale, thrown);
    throw thrown;
  });
  if (isBooked(confirmed)) return bookingOf(confirmed);
  throw new Fault('ambiguous', {
    code: 'sale-not-processed',
    message: `The sale ${confirmed.number ?? sale} is "${confirmed.state}" in Tryton after it was confirmed.`,
  });
}

export interface Booker {
  readonly directory: Directory;
  /** A user who may override credit limits; absent where none is configured. */
  readonly creditSession: Session | undefined;
}

/** One sale under one key, however often it is asked: what an earlier attempt left is found and carried on. */
export async function book(erp: Erp, booker: Booker, request: BookingRequest, call: Call): Promise<Booking> {
  const override = request.creditOverride ? booker.creditSession : undefined;
  const found = call.attempt > 1 ? await findSale(erp, request.orderNumber, call.key) : undefined;
  if (found === undefined) {
    const draft = await draftOf(erp, booker.directory, request, call.key);
    const [sale = 0] = await erp.act(readIds, 'model.sale.sale.create', [[draft]]);
    return complete(erp, sale, override);
  }
  erp.resumes();
  if (isBooked(found)) return bookingOf(found);
  if (found.state === 'cancelled') {
    const message = `The sale ${found.number ?? found.id} of this order was cancelled in Tryton.`;
    throw new Fault('business', { code: 'booking-was-cancelled', message });
  }
  return complete(erp, found.id, override);
}
