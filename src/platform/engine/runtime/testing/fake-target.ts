import { type Call, Fault, type Inquiry } from '#model/kernel';
import type { Provider, VerbClass } from '../engine.ts';

export interface Done {
  readonly what: string;
  readonly key: string;
  readonly attempt: number;
}

export interface TargetVerbs {
  act(request: { readonly what: string }, call: Call): Promise<{ readonly reference: string }>;
  find(request: { readonly what: string }, call: Call): Promise<Inquiry<{ readonly reference: string }>>;
  revert(answer: { readonly reference: string }, call: Call): Promise<void>;
  /** Takes away what was left half made. */
  discard(request: { readonly what: string }, call: Call): Promise<void>;
}

/**
 * What the target does with the next call about something, instead of doing it and saying so:
 * `lose-answer` does it and the answer is lost; `cut-off` loses the answer and does nothing; `half` loses it half way;
 * `half-never` fails for good half way; `late` says that its outcome is
 * unknown and does it 60 ms later; `silent` never answers.
 */
export type Behaviour =
  | 'lose-answer'
  | 'cut-off'
  | 'half'
  | 'half-never'
  | 'late'
  | 'silent'
  | 'away'
  | 'refuse'
  | 'never'
  | 'defect'
  | { readonly retryAfterMs: number };

/** An outside system that remembers what was really done to it. It outlives the engine's nodes. */
export interface FakeTarget {
  readonly done: Done[];
  readonly undone: Done[];
  readonly asked: string[];
  /** Keys of what is half made. */
  readonly halves: Set<string>;
  readonly calls: string[];
  /** Behaviours for the next calls about `what`, in order. */
  next(what: string, ...behaviours: Behaviour[]): void;
  /** While set, every call fails as safe to send again. */
  isAway: boolean;
  latencyMs: number;
  maxInFlight: number;
  readonly verbs: TargetVerbs;
  provider(verbClass: VerbClass, more?: Partial<Provider> & { readonly lateCommitMs?: number }): Provider;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function createFakeTarget(): FakeTarget {
  const scripts = new Map<string, Behaviour[]>();
  const keyed = new Map<string, string>();
  let verbClass: VerbClass = 'keyed';
  let inFlight = 0;

  function carryOut(what: string, { key, attempt }: Call): string {
    const known = keyed.get(key);
    if (known !== undefined && verbClass === 'keyed') return known;
    target.done.push({ what, key, attempt });
    target.halves.delete(key);
    const reference = `ref-${target.done.length}`;
    keyed.set(key, reference);
    return reference;
  }

  function misbehave(behaviour: Behaviour, what: string, call: Call): Promise<{ reference: string }> {
    if (behaviour === 'silent') return new Promise(() => undefined);
    if (behaviour === 'away') throw new Fault('transient', { code: 'away', message: 'connection refused' });
    if (behaviour === 'refuse') throw new Fault('business', { code: 'too-much', message: 'over the limit' });
    if (behaviour === 'half' || behaviour === 'half-never') target.halves.add(call.key);
    if (behaviour === 'never' || behaviour === 'half-never')
      throw new Fault('permanent', { code: 'unknown-item', message: 'no such item' });
    if (behaviour === 'defect') throw new TypeError('x is not a function');
    if (typeof behaviour === 'object') {
      throw new Fault('transient', { code: 'busy', message: 'too many calls', retryAfterMs: behaviour.retryAfterMs });
    }
    if (behaviour === 'lose-answer') carryOut(what, call);
    if (behaviour === 'late') setTimeout(() => carryOut(what, call), 60);
    throw new Fault('ambiguous', { code: 'reset', message: 'connection reset' });
  }

  const verbs: TargetVerbs = {
    act: async ({ what }, call) => {
      target.calls.push(what);
      inFlight += 1;
      target.maxInFlight = Math.max(target.maxInFlight, inFlight);
      try {
        if (target.latencyMs > 0) await pause(target.latencyMs);
        if (target.isAway) throw new Fault('transient', { code: 'away', message: 'connection refused' });
        const behaviour = scripts.get(what)?.shift();
        if (behaviour !== undefined) return await misbehave(behaviour, what, call);
        return { reference: carryOut(what, call) };
      } finally {
        inFlight -= 1;
      }
    },
    find: async ({ what }, { key }) => {
      target.asked.push(what);
      const behaviour = scripts.get(`find ${what}`)?.shift();
      if (behaviour === 'away') throw new Fault('transient', { code: 'away', message: 'connection refused' });
      if (behaviour === 'silent') return { known: 'unsure' };
      const reference = keyed.get(key);
      return reference === undefined ? { known: 'not-done' } : { known: 'done', answer: { reference } };
    },
    revert: async ({ reference }, call) => {
      const behaviour = scripts.get(`revert ${reference}`)?.shift();
      if (behaviour !== undefined) await misbehave(behaviour, reference, call);
      target.undone.push({ what: reference, key: call.key, attempt: call.attempt });
    },
    discard: async ({ what }, call) => {
      const behaviour = scripts.get(`discard ${what}`)?.shift();
      if (behaviour !== undefined) await misbehave(behaviour, what, call);
      if (keyed.has(call.key)) throw new Fault('ambiguous', { code: 'it-stands', message: 'it was done after all' });
      target.halves.delete(call.key);
    },
  };

  const target: FakeTarget = {
    done: [],
    undone: [],
    asked: [],
    halves: new Set(),
    calls: [],
    next: (what, ...behaviours) => scripts.set(what, [...(scripts.get(what) ?? []), ...behaviours]),
    isAway: false,
    latencyMs: 0,
    maxInFlight: 0,
    verbs,
    provider: (chosen, { lateCommitMs = 0, ...more } = {}) => {
      verbClass = chosen;
      return {
        instance: 'target',
        verbs,
        lane: { concurrency: 8 },
        verb: () => ({ class: chosen, lateCommitMs }),
        ...more,
      };
    },
  };
  return target;
}
