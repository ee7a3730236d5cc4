import type { InvoiceRequest } from '#model/capabilities';
import { add, compare, type Decimal, extendedAmount, sum, zero } from '#model/kernel';
import type { Asking } from '../exchanges/order-exchange.ts';
import { inMoney, isSameAmount, netOf, standing } from './amounts.ts';
import type { BookedOrder } from './booked-order.ts';
import { type CellStanding, cell, judged, ourselves, type Row, row, worstOf } from './cell.ts';
import type { Contradiction, Findings } from './contradiction.ts';
import type { Evidence } from './evidence.ts';
import { isDone, type Progress, worst } from './progress.ts';
import { comparedInvoices, invoicesOf, of } from './quantities.ts';

interface Invoiced {
  readonly system: string;
  readonly reference: string;
  readonly ours: Decimal;
  readonly theirs: Decimal;
  readonly standing: CellStanding;
  /** Its quantities differ: that is said where the lines are. */
  readonly isTold: boolean;
  readonly asOf: string | undefined;
}

const invoicingsOf = ({ booking }: BookedOrder, { askings }: Evidence): readonly Asking[] =>
  askings.filter(
    (each) =>
      (each.name === 'post-invoice' || each.name === 'invoice-charges') &&
      booking !== undefined &&
      (each.request as InvoiceRequest | undefined)?.booking.id === booking.id,
  );

function invoicedOf(booked: BookedOrder, evidence: Evidence): readonly Invoiced[] {
  const { booking, request, handover, system } = booked;
  const invoicings = invoicingsOf(booked, evidence);
  const shipments = handover?.document?.shipments ?? [];
  if (booking === undefined || (invoicings.length === 0 && shipments.length === 0)) return [];
  const priceOf = new Map(request.lines.map(({ lineNumber, unitPrice }) => [lineNumber, unitPrice]));
  const goods = sum(
    shipments.flatMap(({ lines }) =>
      lines.map(({ lineNumber, shipped }) => extendedAmount(priceOf.get(lineNumber) ?? zero, shipped)),
    ),
  );
  const charges = netOf(request.lines.filter(({ kind }) => kind === 'charge'));
  const invoices = invoicings.flatMap(invoicesOf);
  const theirs = sum(invoices.map(({ untaxed }) => untaxed));
  const whole = add(goods, charges);
  const count = request.lines.length * Math.max(invoices.length, 1);
  const isOpen = handover !== undefined && handover.run?.phase !== 'ended';
  // Charges are invoiced with the first shipment or with the last, as the ERP does it.
  const isSame = isSameAmount(theirs, whole, count) || (isOpen && isSameAmount(theirs, goods, count));
  const progress: Progress = worst([handover?.towardsErp ?? 'settled', ...invoicings.map(evidence.progress)]);
  const lines = comparedInvoices({ ...evidence, handovers: handover === undefined ? [] : [handover] });
  return [
    {
      ...{ system, reference: booking.reference, ours: whole, theirs },
      standing: judged(isSame, progress),
      isTold: lines.some(({ ours, theirs: said }) =>
        [...ours.keys(), ...said.keys()].some((line) => compare(of(ours, line), of(said, line)) !== 0),
      ),
      asOf: invoicings.findLast(isDone)?.settledAt,
    },
  ];
}

function invoicedRows(all: readonly Invoiced[]): readonly Row[] {
  if (all.length === 0) return [];
  const cells = [...new Set(all.map(({ system }) => system))].map((system) => {
    const own = all.filter((each) => each.system === system);
    return cell(system, {
      value: inMoney(sum(own.map(({ theirs }) => theirs))),
      standing: worstOf(own.map((each) => each.standing)),
      asOf: own.findLast(({ asOf }) => asOf !== undefined)?.asOf,
      source: 'post-invoice',
    });
  });
  return [row('invoiced untaxed', [cell(ourselves, { value: inMoney(sum(all.map(({ ours }) => ours))) }), ...cells])];
}

const invoicedQuarrels = (all: readonly Invoiced[], currency: string): readonly Contradiction[] =>
  all
    .filter(({ standing: found, isTold }) => found === 'differs' && !isTold)
    .map(({ system, reference, ours, theirs }) => ({
      property: 'invoiced untaxed',
      says: `${system} has invoiced ${inMoney(theirs)} ${currency} untaxed of ${reference}; what left comes to ${inMoney(ours)} at the order's prices.`,
      whatToDo: `Compare the invoices of ${reference} in ${system} with what left, and have them corrected.`,
    }));

/** What the ERP has invoiced, beside what left at the order's prices. */
export function judgeInvoiced(evidence: Evidence): Findings<readonly Row[]> {
  const all = standing(evidence).flatMap((each) => invoicedOf(each, evidence));
  return { rows: invoicedRows(all), contradictions: invoicedQuarrels(all, evidence.demand.currency) };
}
