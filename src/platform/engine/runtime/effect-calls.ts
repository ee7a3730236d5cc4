import type { Call, Inquiry } from '#model/kernel';
import type { EffectTask } from './effect-task.ts';
import type { CrashAt } from './engine-options.ts';
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
const callOf = ({ key, attempt }: EffectTask, cut: Cut): Call => ({
  key,
  attempt,
  get signal() {
    return cut.signal;
  },
});

export function createEffectCalls(crashAt: CrashAt): EffectCalls {
  return {
    send: async (task, cut) => {
      const { effect, provider, request, answer, key, attempt } = task;
      const call = callOf(task, cut);
      const details = { effect: task.name, key, attempt };
      crashAt('before-send', details);
      const result = await timedCall(effect.timeoutMs ?? defaultTimeoutMs, cut, () => {
        if (!task.undoes) return (effect.do as unknown as Do)(provider?.verbs, request, call);
        return (effect.undo as unknown as Undo)(provider?.verbs, answer, request, call);
      });
      crashAt('after-send', details);
      return result;
    },
    ask: async (task, cut) => {
      const { effect, provider, request, key, attempt } = task;
      const call = callOf(task, cut);
      const details = { effect: task.name, key, attempt };
      crashAt('before-ask', details);
      const result = await timedCall(effect.timeoutMs ?? defaultTimeoutMs, cut, () =>
        (effect.ifUnsure as unknown as IfUnsure)(provider?.verbs, request, call),
      );
      crashAt('after-ask', details);
      return result;
    },
    discard: async (task, cut) => {
      const { effect, provider, request, key, attempt } = task;
      const details = { effect: task.name, key, attempt };
      crashAt('before-discard', details);
      const result = await timedCall(effect.timeoutMs ?? defaultTimeoutMs, cut, () =>
        (effect.discard as unknown as Discard)(provider?.verbs, request, callOf(task, cut)),
      );
      crashAt('after-discard', details);
      return result;
    },
  };
}
