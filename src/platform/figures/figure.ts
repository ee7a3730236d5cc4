import type { Instant } from '#model/kernel';
import type { Course } from './course.ts';

export type FigureGroup = 'kpi' | 'latency-by-stage' | 'failures-by-process' | 'exception-age';

/** What is said of a figure, whatever its value. */
export interface FigureDescription {
  /** Kebab-case. */
  readonly figure: string;
  readonly title: string;
  readonly group: FigureGroup;
  readonly unit: 'seconds' | 'share' | 'count' | 'money';
  readonly better: 'lower' | 'higher';
  /** In words, exact enough to work it out by hand. */
  readonly formula: string;
  /** Which records it is worked out from. */
  readonly source: string;
}

/** How samples make a value: the median with the 95th percentile, the mean, or how much they come to together. */
export type Combining = 'median' | 'mean' | 'sum';

/** What one course contributes to a figure. */
export interface Sample {
  readonly figure: string;
  /** Tells the samples of one course and figure apart; the same again replaces it. */
  readonly part: number;
  /** The moment that it counts for. */
  readonly at: Instant;
  /** Seconds, 0 or 1, or how many. Never negative. */
  readonly value: number;
  /** The case that it is about; absent: the course. */
  readonly caseId?: string;
  /** What a person who looks for the reason should know. */
  readonly note?: string;
}

/** What must be known of courses, beside their runs, stays, failures and cases. */
export interface CourseReading {
  /** Types of facts. */
  readonly facts?: readonly string[];
  /** Names of effects: when they were asked and how they were settled. */
  readonly effects?: readonly string[];
  /** Types of messages that runs received. */
  readonly messages?: readonly string[];
}

/** One figure, or several that are worked out alike, by a pure function of one course. */
export interface FigureSet {
  /** Names it among the sets. */
  readonly set: string;
  /** Raise it when samples come out differently: everything is worked out anew. */
  readonly version: number;
  readonly combines: Combining;
  readonly reads?: CourseReading;
  /** Figures that are there before anything happened. */
  readonly always: readonly FigureDescription[];
  /** Describes a figure that came to be by its samples; undefined when it is not of this set. */
  readonly describe?: (figure: string) => FigureDescription | undefined;
  readonly samples: (course: Course) => readonly Sample[];
}

/** A figure for which there are no records yet. */
export interface MissingFigure extends FigureDescription {
  /** What is missing. */
  readonly because: string;
}

/** A figure of the cases that are open at a moment: how old they are. */
export interface OpenCasesFigure extends FigureDescription {
  readonly of: 'median' | 'oldest';
}

/** Every figure of an installation, in the order in which they are shown. */
export interface FigureBook {
  readonly sets: readonly FigureSet[];
  readonly missing: readonly MissingFigure[];
  readonly openCases: readonly OpenCasesFigure[];
}

/** A sample of the only figure of a set. */
export type OneSample = Omit<Sample, 'figure' | 'part'> & { readonly part?: number };

export interface OneFigure extends FigureDescription, Pick<FigureSet, 'version' | 'combines' | 'reads'> {
  readonly samples: (course: Course) => readonly OneSample[];
}

/**
 * A set of one figure; samples of a course are numbered as they come.
 *
 * ```ts
 * export const cycleTime = oneFigure({
 *   figure: 'cycle-time', version: 1, title: 'Cycle time', group: 'kpi', unit: 'seconds', better: 'lower', combines: 'median',
 *   formula: 'From start to end.', source: 'Runs.',
 *   samples: ({ runs }) => runs.flatMap((run) => (run.endedAt ? [{ at: run.endedAt, value: secondsBetween(run.startedAt, run.endedAt) }] : [])),
 * });
 * ```
 */
export function oneFigure({ version, combines, reads, samples, ...description }: OneFigure): FigureSet {
  const { figure } = description;
  return {
    set: figure,
    version,
    combines,
    ...(reads === undefined ? {} : { reads }),
    always: [description],
    samples: (course) => samples(course).map((sample, index) => ({ part: index, ...sample, figure })),
  };
}
