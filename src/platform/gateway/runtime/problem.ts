import type { ProblemReply } from '../answer.ts';
import type { Failure, ProblemType } from '../failure.ts';
import { type GatewayProblem, gatewayProblems, meanings } from './problem-table.ts';

/** RFC 9457, with a stable code and whether the same request may succeed later. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Names this occurrence; the same as in the log. */
  readonly instance: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly errors: readonly Failure[];
}

/** A problem of the gateway's own, thrown on the way to a handler. */
export interface Refused extends ProblemReply {
  readonly problem: GatewayProblem;
}

/** Thrown to end a request with a problem. An `Error` because the framework only treats those as failures. */
export const refuse = (problem: GatewayProblem, detail: string, more: Partial<ProblemReply> = {}): Error =>
  Object.assign(new Error(detail), { refused: { ...more, problem, detail } satisfies Refused });

/** The problem in something thrown by `refuse`. */
export function refusal(thrown: unknown): Refused | undefined {
  return thrown instanceof Error && 'refused' in thrown ? (thrown.refused as Refused) : undefined;
}

/** The details of a problem. A code that nobody declared is a defect of ours and says so. */
export function problemDetails(
  reply: ProblemReply,
  requestId: string,
  own: Readonly<Record<string, ProblemType>> = {},
): ProblemDetails {
  const declared: Readonly<Record<string, ProblemType>> = gatewayProblems;
  const type = Object.hasOwn(declared, reply.problem)
    ? declared[reply.problem]
    : Object.hasOwn(own, reply.problem)
      ? own[reply.problem]
      : undefined;
  if (type === undefined) {
    return problemDetails(
      { problem: 'internal-error', detail: 'The answer had a problem that is not declared.' },
      requestId,
    );
  }
  const { status, retryable } = meanings[type.kind];
  return {
    type: `https://crossdock.dev/problems/${reply.problem}`,
    title: type.title,
    status,
    detail: reply.detail,
    instance: `urn:uuid:${requestId}`,
    code: reply.problem,
    retryable,
    errors: reply.errors ?? [],
  };
}
