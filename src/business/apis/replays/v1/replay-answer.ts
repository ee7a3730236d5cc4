import type { Replay, ReplayOutcome } from '#platform/exceptions';
import type { ProblemReply, Reply } from '#platform/gateway';

/** A replay after an act; a refusal by its own code is the problem of that name. */
export const answerOf = (answer: ReplayOutcome): Reply<'ok', Replay> | ProblemReply =>
  answer.ok ? { outcome: 'ok', body: answer.replay } : { problem: answer.refused, detail: answer.because };
