import type { Static } from 'typebox';
import { agreedPrice, isWithinTolerance } from '#business/flows';
import type { Quotation } from '#model/capabilities';
import { compare, type Decimal } from '#model/kernel';
import { standing } from './amounts.ts';
import { type CellStanding, cell, ourselves, type Row, row } from './cell.ts';
import type { Findings } from './contradiction.ts';
import type { Evidence } from './evidence.ts';
import { isDone } from './progress.ts';

/** What the ERP's price is: as it was booked, else as it was quoted. */
export function judgePrices(evidence: Evidence): Findings<readonly Row[]> {
  const { document, demand, askings } = evidence;
  const asked = askings.findLast((each) => each.name === 'check-prices' && isDone(each));
  const quoted = ((asked?.answer as Static<typeof Quotation> | undefined)?.lines ?? []).flatMap((line) =>
    line.known ? [[line.lineNumber, line.unitPrice] as const] : [],
  );
  const quotes = new Map<number, Decimal>(quoted);
  const booked = new Map(
    standing(evidence).flatMap(({ booking, request, system, asking }) =>
      booking === undefined
        ? []
        : request.lines.map(({ lineNumber, unitPrice }) => [lineNumber, { unitPrice, system, asking }] as const),
    ),
  );
  const isHeld = document.holds.some(({ kind }) => kind === 'price');
  const different: string[] = [];
  const rows = demand.lines.flatMap(({ lineNumber }): readonly Row[] => {
    const ours = agreedPrice(document, lineNumber);
    const found = booked.get(lineNumber);
    const quote = quotes.get(lineNumber);
    const source = found?.asking ?? asked;
    const theirs = found?.unitPrice ?? quote;
    if (theirs === undefined || source === undefined) return [];
    const isSame = compare(ours, theirs) === 0 || (found === undefined && isWithinTolerance(ours, theirs));
    const judgement: CellStanding = isSame || found !== undefined ? 'agrees' : isHeld ? 'differs' : 'in-flight';
    if (judgement === 'differs') different.push(`line ${lineNumber} ${theirs} instead of ${ours}`);
    const said = { value: theirs, standing: judgement, asOf: source.settledAt, source: source.name };
    return [
      row(`line ${lineNumber}: price`, [cell(ourselves, { value: ours }), cell(source.system, said)], lineNumber),
    ];
  });
  if (different.length === 0 || asked === undefined) return { rows, contradictions: [] };
  return {
    rows,
    contradictions: [
      {
        property: rows.find(({ agrees }) => !agrees)?.property ?? 'price',
        says: `${asked.system} has other prices than the order: ${different.join(', ')}.`,
        whatToDo: `Correct the price in ${asked.system}, or release the hold: then the order's prices are booked.`,
      },
    ],
  };
}
