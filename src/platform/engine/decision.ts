/** A person, or whoever acts for one, decides about an effect that waits, parked. `effect` is its key. */
interface AboutEffect {
  readonly effect: string;
  /** Why, in the person's words. */
  readonly reason: string;
}

/** One member of a request that was edited, by JSON Pointer. */
export interface Difference {
  readonly path: string;
  /** Absent: it was not there, or is not any more. */
  readonly from?: unknown;
  readonly to?: unknown;
}

/**
 * The decisions that every run understands, by message type. They are delivered like any message; the run's journal keeps them. One
 * that does not fit any more (decided already, ended meanwhile) is recorded as ignored, with the reason.
 */
export interface Decisions {
  /** Send it again under its key; when its outcome is unknown, the target is asked first. */
  readonly 'decide.retry': AboutEffect;
  /** Send another request, under a key of its own. Not while the outcome is unknown. */
  readonly 'decide.retry-edited': AboutEffect & {
    readonly request: unknown;
    readonly difference: readonly Difference[];
  };
  /** It was done, by hand or after all, and this came of it. For an undo the answer says nothing. */
  readonly 'decide.answer': AboutEffect & { readonly answer: unknown };
  /** A person knows that what is in doubt was not done: it is sent again, or given up where the run is being undone. */
  readonly 'decide.not-done': AboutEffect;
  /** Go on without it. */
  readonly 'decide.skip': AboutEffect;
  /** Give the run up: undo what was done, in reverse, and end. */
  readonly 'decide.compensate': { readonly reason: string };
  /** Nothing is left to do about this case. */
  readonly 'decide.close': { readonly cause: string; readonly reason: string };
}
export type DecisionType = keyof Decisions;

const types: readonly string[] = [
  'decide.retry',
  'decide.retry-edited',
  'decide.answer',
  'decide.not-done',
  'decide.skip',
  'decide.compensate',
  'decide.close',
] satisfies readonly DecisionType[];

export const isDecision = (type: string): type is DecisionType => types.includes(type);
