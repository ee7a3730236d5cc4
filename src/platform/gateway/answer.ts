import type { Failure } from './failure.ts';

/** What a route may answer when all is well. */
export type Outcome = 'ok' | 'created' | 'accepted';

/** A good answer. */
export interface Reply<Named extends Outcome = Outcome, Body = unknown> {
  readonly outcome: Named;
  readonly body: Body;
  /** The caller's key was seen before; this is the first answer again. */
  readonly replayed?: true;
  /** The caller's wish to wait was honoured, by so many seconds at most. */
  readonly waited?: number;
  /** Path of what was made. */
  readonly location?: string;
  /** Of a text answer: under which name a browser keeps it, e.g. `orders.csv`. Default: the route's name. */
  readonly fileName?: string;
}

/** A problem, by the code under which the API (or the gateway) declares it. */
export interface ProblemReply {
  readonly problem: string;
  /** What is wrong this time and what to do, in a sentence. Never a secret. */
  readonly detail: string;
  readonly errors?: readonly Failure[];
  readonly retryAfterSeconds?: number;
}

export type Answer<Named extends Outcome = Outcome, Body = unknown> = Reply<Named, Body> | ProblemReply;

export const isProblem = (answer: Answer): answer is ProblemReply => 'problem' in answer;
