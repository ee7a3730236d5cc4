import type { Instant, Json } from '#model/kernel';
import type { JournalEntry } from '#platform/engine';

/** One stay of a run in a state. */
export interface Stay {
  readonly state: string;
  readonly visit: number;
  readonly enteredAt: Instant;
  /** Absent: it is there still. */
  readonly leftAt?: Instant;
}

/** A run as its figures see it. */
export interface CourseRun {
  readonly flow: string;
  readonly key: string;
  readonly startedAt: Instant;
  /** Absent: it has not ended. */
  readonly endedAt?: Instant;
  readonly ending?: string;
  /** Oldest first. */
  readonly stays: readonly Stay[];
}

/** What a run told the world. */
export interface CourseFact {
  readonly type: string;
  readonly at: Instant;
  readonly data: unknown;
}

/** A line of a run's journal that a figure asked for. */
export interface CourseEntry {
  readonly flow: string;
  readonly key: string;
  readonly at: Instant;
  readonly entry: JournalEntry;
}

/** An effect that was given up or refused, and by which system. */
export interface CourseFailure {
  readonly flow: string;
  readonly effect: string;
  readonly outcome: 'failed' | 'refused';
  readonly at: Instant;
  /** Absent: the journal does not say. */
  readonly instance?: string;
  readonly code: string;
}

/** What somebody did about a case. */
export interface CourseAct {
  readonly action: string;
  readonly by: string;
  readonly at: Instant;
  /** It changed nothing: by the time it arrived it did not fit any more. */
  readonly ignored?: true;
  readonly details?: Json;
}

export interface CourseCase {
  readonly id: string;
  readonly flow: string;
  readonly cause: string;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  /** How often it was escalated. */
  readonly level: number;
  /** Oldest first. */
  readonly acts: readonly CourseAct[];
}

/**
 * All that happened to one business object: its runs and those that belong to it, what they told, what failed, its cases and what people
 * did about them. A case that stands for no run has a course of its own, without runs.
 */
export interface Course {
  /** The business key of the run that the others belong to. */
  readonly key: string;
  /** When it was looked at. */
  readonly asOf: Instant;
  /** Oldest first. */
  readonly runs: readonly CourseRun[];
  /** Of the types that figures asked for, oldest first. */
  readonly facts: readonly CourseFact[];
  /** Of the effects and messages that figures asked for, oldest first. */
  readonly entries: readonly CourseEntry[];
  readonly failures: readonly CourseFailure[];
  readonly cases: readonly CourseCase[];
}
