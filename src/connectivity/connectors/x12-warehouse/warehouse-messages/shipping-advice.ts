import type { Segment, TransactionSet } from '#connectivity/protocols/x12';
import { checkSet } from '#connectivity/protocols/x12';
import { add, compare, type Decimal, failed, isNegative, ok, type Result, subtract, sum, zero } from '#model/kernel';
import { failureOf } from '../faults.ts';
import { itemQualifier, lineStatus, rules945 } from '../wire.ts';
import { quantityOf } from './quantity.ts';

/** What is wrong with a 945, beside its syntax. */
export interface Failure {
  readonly code: string;
  /** Segment, its place in the set, element: `W12/9/3`. */
  readonly path: string;
  readonly message: string;
}

export interface AdvisedLine {
  readonly lineNumber: number;
  readonly item: string;
  readonly shipped: Decimal;
  /** Will never leave under this fulfilment order. */
  readonly short: Decimal;
  readonly unit: string;
  /** The rest follows in another 945. */
  readonly more: boolean;
}

/** A 945 in our words. */
export interface ShippingAdvice {
  readonly fulfilmentNumber: string;
  readonly shipmentNumber: string;
  /** `CCYYMMDD`. */
  readonly shippedOn: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly note?: string;
  readonly lines: readonly AdvisedLine[];
}

interface Loop {
  readonly w12: Segment;
  readonly position: number;
  line?: string;
}

/** One loop per W12; N9*LI behind it carries our line number. */
function loopsOf(segments: readonly Segment[]): readonly Loop[] {
  const loops: Loop[] = [];
  segments.forEach((segment, place) => {
    const last = loops.at(-1);
    if (segment[0] === 'W12') loops.push({ w12: segment, position: place + 1 });
    else if (segment[0] === 'N9' && segment[1] === 'LI' && last !== undefined) last.line ??= segment[2] ?? '';
  });
  return loops;
}

const itemOf = (w12: Segment): string | undefined =>
  [7, 17].filter((place) => w12[place] === itemQualifier).map((place) => w12[place + 1] ?? '')[0];

function readLoop({ w12, position, line = '' }: Loop, failures: Failure[]): AdvisedLine | undefined {
  const [, status = '', orderedText = '', shippedText = '', differenceText = '', unit = ''] = w12;
  const fail = (element: number, code: string, message: string) =>
    failures.push({ code, path: `W12/${position}/${element}`, message });
  const before = failures.length;
  const item = itemOf(w12);
  const shipped = quantityOf(shippedText);
  const more = status === lineStatus.partAndMoreFollows;
  if (!Object.values<string>(lineStatus).includes(status)) {
    fail(1, 'unknown-status', `W1201 ${status} is none of ${Object.values(lineStatus).join(', ')}`);
  }
  if (shipped === undefined) fail(3, 'bad-quantity', `W1203 ${shippedText} is no quantity`);
  if (!item) fail(7, 'no-item', `no item number under qualifier ${itemQualifier}`);
  if (!/^0*[1-9]\d{0,5}$/.test(line)) fail(1, 'no-line-number', 'no N9*LI with our line number behind this W12');
  const short = shipped === undefined ? undefined : shortOf(status, orderedText, shipped, differenceText);
  if (shipped !== undefined && short === undefined) {
    fail(4, 'bad-quantity', 'what is short is neither in W1204 nor the difference of W1202 and W1203');
  }
  if (failures.length > before || item === undefined || shipped === undefined || short === undefined) return undefined;
  return { lineNumber: Number(line), item, shipped, short, unit, more };
}

/** Only `CP` leaves something that never follows: W1204 says how much, or else ordered less shipped. */
function shortOf(status: string, ordered: string, shipped: Decimal, difference: string): Decimal | undefined {
  if (status !== lineStatus.partAndNoMore) return zero;
  if (difference !== '') return quantityOf(difference.replace(/^-/, ''));
  const asked = quantityOf(ordered);
  const short = asked === undefined ? undefined : subtract(asked, shipped);
  return short === undefined || isNegative(short) ? undefined : short;
}

/** Several W12 may be about one line, e.g. one for each lot. */
function gather(lines: readonly AdvisedLine[], failures: Failure[]): readonly AdvisedLine[] {
  const byNumber = new Map<number, AdvisedLine>();
  for (const line of lines) {
    const known = byNumber.get(line.lineNumber);
    if (known !== undefined && (known.item !== line.item || known.unit !== line.unit)) {
      const message = `line ${line.lineNumber} stands there with two items or units`;
      failures.push({ code: 'contradicting-lines', path: 'W12', message });
    }
    const shipped = add(known?.shipped ?? zero, line.shipped);
    const short = add(known?.short ?? zero, line.short);
    byNumber.set(line.lineNumber, { ...line, shipped, short, more: line.more || (known?.more ?? false) });
  }
  return [...byNumber.values()];
}

const firstElement = (segments: readonly Segment[], place: number, ...begins: readonly string[]): string | undefined =>
  segments.find((segment) => begins.every((text, index) => segment[index] === text))?.[place] || undefined;

/** Reads a 945. Fails with everything that is wrong with it, syntax and sense. */
export function readShippingAdvice(set: TransactionSet): Result<ShippingAdvice, Failure> {
  const syntax = [...set.findings, ...checkSet(set, rules945)];
  if (syntax.length > 0) return failed(syntax.map(failureOf));
  const { segments } = set;
  const failures: Failure[] = [];
  const read = loopsOf(segments).flatMap((loop) => readLoop(loop, failures) ?? []);
  const lines = gather(read, failures);
  const total = quantityOf(firstElement(segments, 1, 'W03') ?? '');
  const shipped = sum(lines.map((line) => line.shipped));
  if (failures.length === 0 && total !== undefined && compare(total, shipped) !== 0) {
    failures.push({
      code: 'wrong-total',
      path: 'W03',
      message: `W0301 says ${total} shipped, the lines say ${shipped}`,
    });
  }
  if (failures.length > 0) return failed(failures);
  const carrier = firstElement(segments, 2, 'W27');
  const trackingNumber = firstElement(segments, 2, 'MAN', 'CP') ?? firstElement(segments, 2, 'N9', '2I');
  const note = firstElement(segments, 2, 'NTE');
  return ok({
    fulfilmentNumber: firstElement(segments, 2, 'W06') ?? '',
    shippedOn: firstElement(segments, 3, 'W06') ?? '',
    shipmentNumber: firstElement(segments, 4, 'W06') ?? '',
    ...(carrier === undefined ? {} : { carrier }),
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
    ...(note === undefined ? {} : { note }),
    lines,
  });
}
