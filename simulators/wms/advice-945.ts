import { add, type Decimal, decimal, sum } from '#model/kernel';
import type { Line } from './x12.ts';

/** One line of what this warehouse reports: shipped, short for ever, or still to come. */
export interface ReportedLine {
  readonly line: number;
  readonly item: string;
  readonly unit: string;
  /** What was still owed before this report. */
  readonly owed: Decimal;
  readonly shipped: Decimal;
  readonly short: Decimal;
}

/** What one 945 says. */
export interface Report {
  readonly fulfilmentNumber: string;
  readonly purchaseOrder: string;
  readonly shipmentNumber: string;
  readonly at: Date;
  readonly lines: readonly ReportedLine[];
}

const day = (at: Date): string => at.toISOString().slice(0, 10).replaceAll('-', '');

function statusOf({ owed, shipped, short }: ReportedLine): string {
  if (decimal(short) !== '0') return 'CP';
  return add(shipped, short) === owed ? 'CC' : 'BP';
}

/** The body of the 945. A line that is not touched yet stands there with nothing shipped. */
export function advice(report: Report): readonly Line[] {
  const { fulfilmentNumber, purchaseOrder, shipmentNumber, at, lines } = report;
  const shipped = sum(lines.map((line) => line.shipped));
  return [
    ['W06', 'F', fulfilmentNumber, day(at), shipmentNumber, '', purchaseOrder],
    ...(shipped === '0' ? [['NTE', 'WHI', 'nothing shipped']] : [['W27', 'M', 'XPSL']]),
    ...lines.flatMap((line, place): Line[] => [
      ['LX', String(place + 1)],
      ['W12', statusOf(line), line.owed, line.shipped, line.short, line.unit, '', 'VN', line.item],
      ['N9', 'LI', String(line.line)],
      ...(line.shipped === '0' ? [] : [['MAN', 'CP', `TRK${shipmentNumber}`]]),
    ]),
    ['W03', shipped],
  ];
}
