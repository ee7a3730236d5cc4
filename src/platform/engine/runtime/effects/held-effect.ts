import type { FaultRecord } from '#model/kernel';
import type { VerbClass } from '../engine.ts';
import type { Lane } from '../lanes/lane.ts';
import type { EffectTask } from './effect-task.ts';
import type { Cut } from './timed-call.ts';

/** An effect in the hands of this node. */
export interface HeldEffect {
  readonly task: EffectTask;
  readonly lane: Lane;
  state: 'waiting' | 'calling' | 'delayed' | 'settling';
  timer?: NodeJS.Timeout;
  /** Of the call under way. */
  cut?: Cut;
}

export const verbClass = (task: EffectTask): VerbClass => task.provider?.verb(task.effect.verb).class ?? 'blind';

export const lateCommitMs = (task: EffectTask): number => task.provider?.verb(task.effect.verb).lateCommitMs ?? 0;

/** Whether attempts may leave something half made that the effect knows how to take away. */
export const canDiscard = (task: EffectTask): boolean =>
  task.effect.discard !== undefined && !task.undoes && verbClass(task) === 'searchable';

/** It was sent, and once nobody knew what came of it: even if it was not done, half of it may be there. */
export const mayHaveLeft = (task: EffectTask): boolean =>
  canDiscard(task) && (task.doubtSince !== undefined || task.inquiries > 0);

/** The end of an effect of which nobody can say whether it was done. */
export const inDoubt = (because: string): FaultRecord => ({
  kind: 'ambiguous',
  code: 'in-doubt',
  message: `nobody can say whether it was done: ${because}`,
});
