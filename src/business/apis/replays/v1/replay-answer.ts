import type { ProblemReply, Reply } from '#platform/gateway';
import type { PlannedReplay, ReplayAnswer } from './needs.ts';

/** A replay after an act; a refusal by its own code is the problem of that name. */
export const answerOf = (answer: ReplayAnswer): Reply<'ok', PlannedReplay> | ProblemReply =>
  answer.ok ? { outcome: 'ok', body: answer.replay } : { problem: answer.refused, detail: answer.because };
