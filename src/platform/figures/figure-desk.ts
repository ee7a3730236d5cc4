import type { Instant, LocalDate, Result } from '#model/kernel';
import type { FigureDescription, FigureGroup } from './figure.ts';

/** What a caller asks for: moments, or days of the installation's time zone (the last one whole). */
export interface AskedTime {
  /** Default: the beginning of the day six days before the end. */
  readonly from?: Instant | LocalDate;
  /** Default: now. */
  readonly to?: Instant | LocalDate;
}

/** A member of what was asked that cannot be. */
export interface TimeFailure {
  readonly path: '/from' | '/to';
  readonly message: string;
}

/** Longer than so many days no figure is worked out at once. */
export const mostDays = 400;

/** What a figure is held against: what it was, or was said to be, over some days. */
export interface Baseline {
  readonly value: number;
  readonly from: LocalDate;
  /** The last day. */
  readonly to: LocalDate;
  readonly setAt: Instant;
  readonly setBy: string;
}

export interface BaselineAct {
  readonly figure: string;
  /** Absent: what the figure was in that time. */
  readonly value?: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly reason: string;
  /** `api:<consumer>` or `person:<name>`. */
  readonly by: string;
  readonly intent: string;
}

/** A figure with its value over a time. */
export interface FigureReading extends FigureDescription {
  readonly available: boolean;
  /** Why it is not. */
  readonly because?: string;
  readonly value?: number;
  readonly p95?: number;
  readonly sample?: number;
  readonly baseline?: Baseline;
  readonly trend: readonly { readonly at: Instant; readonly value?: number; readonly sample: number }[];
}

export interface FiguresAsked extends AskedTime {
  /** Only this one. */
  readonly figure?: string;
  readonly group?: FigureGroup;
  /** Only what is about one of these warehouses; absent: everything. Baselines are of everything and left out then. */
  readonly sites?: readonly string[];
}

export interface FiguresRead {
  readonly from: Instant;
  readonly to: Instant;
  readonly figures: readonly FigureReading[];
}

export interface EvidenceAsked extends AskedTime {
  readonly figure: string;
  readonly sites?: readonly string[];
  readonly limit: number;
  readonly after?: EvidencePlace;
}

/** What contributed to a figure. */
export interface EvidenceRow {
  /** The business key, or the case's id. */
  readonly key: string;
  readonly kind: 'course' | 'case';
  readonly at: Instant;
  readonly value: number;
  readonly note?: string;
}

/** Where a page ended: of samples the value, course and part; of open cases the opening and the id. */
export type EvidencePlace = readonly string[];

export interface Evidence {
  /** Of the rows' values, as of the figure's own. */
  readonly unit: FigureDescription['unit'];
  readonly rows: readonly EvidenceRow[];
  readonly next?: EvidencePlace;
}

/** Where figures are asked for, and what they are held against. */
export interface FigureDesk {
  /** Every figure, in order; one that there is not leaves the list empty. */
  read(asked: FiguresAsked): Promise<Result<FiguresRead, TimeFailure>>;
  /** What stands behind a figure, the worst first; undefined when there is no such figure. */
  evidence(asked: EvidenceAsked): Promise<Result<Evidence | undefined, TimeFailure>>;
  /**
   * Sets what a figure is held against from now on; those before are kept. The same intent again sets nothing. `absent`: there is no such
   * figure; `no-value`: none was given, and there was nothing in that time to work it out from.
   */
  setBaseline(act: BaselineAct): Promise<Result<Baseline, TimeFailure> | 'absent' | 'no-value'>;
}
