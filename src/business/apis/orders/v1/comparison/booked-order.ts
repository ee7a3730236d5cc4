import type { Booking, BookingRequest } from '#model/capabilities';
import type { Asking } from '../exchanges/order-exchange.ts';
import type { Handover } from './handover.ts';
import { isDone, type Progress, type Progressed } from './progress.ts';

/** A sales order in the ERP, as it was asked for and what came of it. */
export interface BookedOrder {
  readonly asking: Asking;
  readonly system: string;
  readonly round: number;
  readonly site?: string;
  readonly request: BookingRequest;
  /** Absent until it is booked. */
  readonly booking?: Booking;
  readonly progress: Progress;
  /** What takes it back, newest last: the undo, or the withdrawal of what its warehouse does not ship. */
  readonly withdrawals: readonly Asking[];
  readonly isWithdrawnThere: boolean;
  /** What its warehouse has of it; absent before that is begun, and where it has only charges. */
  readonly handover?: Handover;
}

const bookingOccurrence = /^(\d+)\.\d+(?:-(.+))?$/;

/** Gathers what became of one booking. */
export function gatherBooking(
  asking: Asking,
  askings: readonly Asking[],
  handovers: readonly Handover[],
  progress: Progressed,
): BookedOrder {
  const [, round = '0', site] = bookingOccurrence.exec(asking.occurrence) ?? [];
  const booking = isDone(asking) ? (asking.answer as Booking | undefined) : undefined;
  const withdrawals = askings.filter(
    ({ name, undoes, occurrence, request }) =>
      (name === asking.name && undoes && occurrence === asking.occurrence) ||
      (name === 'withdraw-booking' && booking !== undefined && (request as Booking | undefined)?.id === booking.id),
  );
  const found = handovers.find((each) => each.round === Number(round) && each.site === site);
  const isFor = found?.document === undefined || found.document.given.booking.id === booking?.id;
  return {
    asking,
    system: asking.system,
    round: Number(round),
    ...(site === undefined ? {} : { site }),
    request: asking.request as BookingRequest,
    ...(booking === undefined ? {} : { booking }),
    progress: progress(asking),
    withdrawals,
    isWithdrawnThere: withdrawals.some(isDone),
    ...(found === undefined || !isFor ? {} : { handover: found }),
  };
}
