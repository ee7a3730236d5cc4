import type { Call, Inquiry } from '#model/kernel';
import type { CallPurpose, EngineWatch, WatchedCall } from '../../engine-watch.ts';
import type { CrashAt } from '../engine-options.ts';
import type { EffectTask } from './effect-task.ts';
import { type CallResult, type Cut, timedCall } from './timed-call.ts';

/** The effect's own functions, types erased: what stands in its file is called with what was frozen for it. */
type Do = (verbs: unknown, request: unknown, call: Call) => Promise<unknown>;
type IfUnsure = (verbs: unknown, request: unknown, call: Call) => Promise<Inquiry<unknown>>;
type Discard = (verbs: unknown, request: unknown, call: Call) => Promise<void>;
type Undo = (verbs: unknown, answer: unknown, request: unknown, call: Call) => Promise<void>;

export interface EffectCalls {
  /** `do`, or for an undo `undo`. */
  send(task: EffectTask, cut: Cut): Promise<CallResult<unknown>>;
  /** `ifUnsure`. */
  ask(task: EffectTask, cut: Cut): Promise<CallResult<Inquiry<unknown>>>;
  /** `discard`. */
  discard(task: EffectTask, cut: Cut): Promise<CallResult<void>>;
}

const defaultTimeoutMs = 30_000;

/** What travels with the call; its signal is made when the connector asks for it. */
const callOf = ({ key, attempt }: EffectTask, cut: Cut, watched: WatchedCall | undefined): Call => ({
  key,
  attempt,
  ...(watched?.traceparent === undefined ? {} : { traceparent: watched.traceparent }),
  get signal() {
    return cut.signal;
  },
});

export function createEffectCalls(crashAt: CrashAt, watch: EngineWatch = {}): EffectCalls {
  async function make<Answer>(
    purpose: CallPurpose,
    task: EffectTask,
    cut: Cut,
    does: (call: Call) => Promise<Answer>,
  ): Promise<CallResult<Answer>> {
    const details = { effect: task.name, key: task.key, attempt: task.attempt };
    crashAt(`before-${purpose}`, details);
    const watched = watch.calling?.(task, purpose);
    const call = callOf(task, cut, watched);
    const result = await timedCall(task.effect.timeoutMs ?? defaultTimeoutMs, cut, () => does(call));
    watched?.ended(result.kind, result.kind === 'answer' ? undefined : result.fault);
    crashAt(`after-${purpose}`, details);
    return result;
  }

  return {
    send: (task, cut) =>
      make('send', task, cut, (call) => {
        const { effect, provider, request, answer } = task;
        if (!task.undoes) return (effect.do as unknown as Do)(provider?.verbs, request, call);
        return (effect.undo as unknown as Undo)(provider?.verbs, answer, request, call);
      }),
    ask: (task, cut) =>
      make('ask', task, cut, (call) =>
        (task.effect.ifUnsure as unknown as IfUnsure)(task.provider?.verbs, task.request, call),
      ),
    discard: (task, cut) =>
      make('discard', task, cut, (call) =>
        (task.effect.discard as unknown as Discard)(task.provider?.verbs, task.request, call),
      ),
  };
}
