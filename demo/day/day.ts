import type { Decimal, Instant } from '#model/kernel';

/** One line of the file, read and checked. */
export interface Row {
  /** Where it starts in the file, from 1 (the header is line 1). */
  readonly line: number;
  readonly invoice: string;
  /** In upper case: the source writes the same article both ways. */
  readonly item: string;
  /** Without surrounding blanks; empty where the source has none. */
  readonly description: string;
  readonly quantity: Decimal;
  readonly orderedAt: Instant;
  /** GBP for one unit, before tax. */
  readonly unitPrice: Decimal;
  /** Absent where the source has none. */
  readonly customer?: string;
  /** As the source writes it. */
  readonly country: string;
}

export interface DayLine {
  readonly kind: 'goods' | 'charge';
  readonly item: string;
  readonly description: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
}

/** The rows of one invoice, as one order to submit. The same item twice stays two lines. */
export interface DayOrder {
  readonly invoice: string;
  readonly customer?: string;
  readonly country: string;
  readonly orderedAt: Instant;
  readonly lines: readonly DayLine[];
}

/** A day of a distributor, in the order of the file. */
export interface Day {
  /** The file's name, without its folder. */
  readonly name: string;
  readonly rows: number;
  readonly orders: readonly DayOrder[];
  /** What the reader had to decide about the file as a whole, e.g. that it is not UTF-8. */
  readonly notes: readonly string[];
}

/** One thing that is wrong with the file. */
export interface DayFailure {
  readonly file: string;
  /** From 1; absent when it is about the file. */
  readonly line?: number;
  readonly column?: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** `orders.csv:12 Quantity: …`. */
export const failureText = ({ file, line, column, message }: DayFailure): string =>
  `${file}${line === undefined ? '' : `:${line}`}${column === undefined ? '' : ` ${column}`}: ${message}`;
