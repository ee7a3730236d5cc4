import { add, type Decimal, divideExactly, extendedAmount, multiply, roundHalfUp, sum, zero } from '#model/kernel';
import { inMoney, isSameAmount, type Lines, netOf, standing } from './amounts.ts';
import type { BookedOrder } from './booked-order.ts';
import { type Cell, type CellStanding, cell, judged, ourselves, type Row, row, worstOf } from './cell.ts';
import type { Contradiction, Findings } from './contradiction.ts';
import type { Evidence } from './evidence.ts';

const hundred = '100' as Decimal;

/** Tax as the prices were quoted; unknown while a line has no quotation, and for charges, which nobody quotes. */
function taxOf(lines: Lines, { document }: Evidence): Decimal | undefined {
  const taxes: Decimal[] = [];
  for (const { lineNumber, unitPrice, quantity } of lines) {
    const percent = document.prices[lineNumber]?.taxPercent;
    const tax = percent && divideExactly(multiply(extendedAmount(unitPrice, quantity), percent), hundred);
    if (tax === undefined) return undefined;
    taxes.push(tax);
  }
  return roundHalfUp(sum(taxes), 2);
}

interface Amounts {
  readonly system: string;
  readonly reference: string;
  readonly ours: { readonly untaxed: Decimal; readonly tax: Decimal | undefined };
  readonly theirs?: { readonly untaxed: Decimal; readonly tax: Decimal; readonly total: Decimal };
  readonly untaxed: CellStanding;
  readonly tax: CellStanding;
  readonly asOf: string | undefined;
}

function amountsOf({ asking, system, booking, request, progress }: BookedOrder, evidence: Evidence): Amounts {
  const untaxed = netOf(request.lines);
  const tax = taxOf(request.lines, evidence);
  const count = request.lines.length;
  return {
    ...{ system, reference: booking?.reference ?? asking.occurrence, ours: { untaxed, tax }, asOf: asking.settledAt },
    ...(booking === undefined ? {} : { theirs: booking }),
    untaxed: judged(booking !== undefined && isSameAmount(booking.untaxed, untaxed, count), progress),
    tax: judged(booking !== undefined && (tax === undefined || isSameAmount(booking.tax, tax, count)), progress),
  };
}

function bookedRows(all: readonly Amounts[]): readonly Row[] {
  if (all.length === 0) return [];
  const systems = [...new Set(all.map(({ system }) => system))];
  const untaxed = sum(all.map(({ ours }) => ours.untaxed));
  const taxes = all.map(({ ours }) => ours.tax);
  const tax = taxes.some((each) => each === undefined) ? undefined : sum(taxes.filter((each) => each !== undefined));
  const cells = (member: 'untaxed' | 'tax' | 'total', judge: (amounts: Amounts) => CellStanding): readonly Cell[] =>
    systems.map((system) => {
      const own = all.filter((each) => each.system === system);
      const said = own.flatMap(({ theirs }) => theirs?.[member] ?? []);
      return cell(system, {
        value: said.length === 0 ? undefined : inMoney(sum(said)),
        standing: worstOf(own.map(judge)),
        asOf: own.findLast(({ asOf }) => asOf !== undefined)?.asOf,
        source: 'book-in-erp',
      });
    });
  return [
    row('booked untaxed', [cell(ourselves, { value: inMoney(untaxed) }), ...cells('untaxed', (each) => each.untaxed)]),
    row('booked tax', [cell(ourselves, { value: tax && inMoney(tax) }), ...cells('tax', (each) => each.tax)]),
    row('booked total', [
      cell(ourselves, { value: tax && inMoney(add(untaxed, tax)) }),
      ...cells('total', (each) => worstOf([each.untaxed, each.tax])),
    ]),
  ];
}

const bookedQuarrels = (all: readonly Amounts[], currency: string): readonly Contradiction[] =>
  all.flatMap(({ system, reference, ours, theirs, ...judgement }) => {
    if (theirs === undefined) return [];
    const isUntaxed = judgement.untaxed === 'differs';
    if (!isUntaxed && judgement.tax !== 'differs') return [];
    const [name, said, counted] = isUntaxed
      ? ['untaxed', theirs.untaxed, ours.untaxed]
      : ['tax', theirs.tax, ours.tax ?? zero];
    return [
      {
        property: `booked ${name}`,
        says: `${system} books ${reference} at ${inMoney(said)} ${currency} ${name}; at the order's prices it is ${inMoney(counted)}.`,
        whatToDo: `Compare the prices and charges of ${reference} in ${system} with the order, and correct the one that is wrong.`,
      },
    ];
  });

/** What is booked in the ERP, beside what it comes to at the order's prices. */
export function judgeBooked(evidence: Evidence): Findings<readonly Row[]> {
  const all = standing(evidence).map((each) => amountsOf(each, evidence));
  return { rows: bookedRows(all), contradictions: bookedQuarrels(all, evidence.demand.currency) };
}
