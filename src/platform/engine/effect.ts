import type { Call, Capability, FaultRecord, Inquiry, RoutingFacts } from '#model/kernel';
import type { EventType } from './event.ts';

/** How often an effect that met a transient fault is sent again, and how long between. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  /** The delay doubles up to here, with full jitter. */
  readonly longestDelayMs: number;
}

/** About a day: for what must happen and can wait. */
export const patiently: RetryPolicy = { attempts: 40, firstDelayMs: 250, longestDelayMs: 30 * 60_000 };
/** A few seconds: for what somebody waits for. */
export const briefly: RetryPolicy = { attempts: 5, firstDelayMs: 100, longestDelayMs: 2_000 };

/** Release before inventory before backfill; lower goes first in a lane. */
export const priorities = { urgent: 0, release: 1, normal: 2, inventory: 3, backfill: 4 } as const;
export type Priority = keyof typeof priorities;

/** The effect changes nothing outside or is keyed by its target, so an unknown outcome is answered by sending again. */
export const sendAgain = 'send-again';
/** Neither key nor search: one attempt; an unknown outcome becomes a case, never a blind retry. */
export const askAPerson = 'ask-a-person';

/** Why an effect has no undo, in words for the operator. */
export interface CannotUndo {
  readonly because: string;
}
export const cannotUndo = (because: string): CannotUndo => ({ because });
/** A question changes nothing. */
export const nothingToUndo = 'nothing-to-undo';

/** `once` in a run's life, once `perVisit` of its state, or once for each name that a function gives. */
export type Occurrence<Doc> = 'once' | 'per-visit' | { readonly per: (doc: Doc) => readonly string[] };
export const once = 'once';
export const perVisit = 'per-visit';
export const per = <Doc>(names: (doc: Doc) => readonly string[]): Occurrence<Doc> => ({ per: names });

export interface EffectDefinition<Doc, Verbs, Request, Answer> {
  /** A verb, kebab-case, unique in the flow, e.g. `book-in-erp`. */
  readonly name: string;
  readonly uses: Capability<Verbs>;
  /** The verb that `do` calls: the instance's manifest says of it whether it is a read, keyed, searchable or blind. */
  readonly verb: keyof Verbs & string;
  readonly occurs: Occurrence<Doc>;
  /** Which instance: the facts for the routing rules. Default: none. */
  readonly route?: (doc: Doc, occurrence: string) => RoutingFacts;
  /** The request: narrow, and frozen when it is committed. */
  readonly ask: (doc: Doc, occurrence: string) => Request;
  readonly do: (verbs: Verbs, request: Request, call: Call) => Promise<Answer>;
  readonly ifUnsure:
    | ((verbs: Verbs, request: Request, call: Call) => Promise<Inquiry<Answer>>)
    | typeof sendAgain
    | typeof askAPerson;
  readonly undo:
    | ((verbs: Verbs, answer: Answer, request: Request, call: Call) => Promise<void>)
    | CannotUndo
    | typeof nothingToUndo;
  /**
   * Takes away what attempts under this key left half made; nothing there is success. Called, after `ifUnsure` said that it was not
   * done, when it is not to be sent again: it is not wanted any more, or has failed. When it turns out to be done after all it fails
   * as ambiguous, and is asked about again. A refusal by `do` leaves nothing by itself. For verbs that can be searched.
   */
  readonly discard?: (verbs: Verbs, request: Request, call: Call) => Promise<void>;
  readonly retry: RetryPolicy;
  /** Default `normal`. */
  readonly priority?: Priority;
  /** Time for one call, default 30 000 ms. */
  readonly timeoutMs?: number;
  /** It may still be unsettled when its state is left; its answer then settles it wherever the run is. */
  readonly mayOutlive?: boolean;
  /** A newer unsent effect of this name in the run replaces an older one. */
  readonly latestWins?: boolean;
  /** JSON Schemas of request and answer: what a person may edit, and what may be said by hand. */
  readonly request?: object;
  readonly answer?: object;
  /** The answer with which the run goes on when a person skips the effect. Absent: it cannot be skipped. */
  readonly ifSkipped?: (doc: Doc, occurrence: string) => Answer;
}

export interface Settled<Answer> {
  /** Which occurrence: `once`, the visit's number, or the name that `per` gave. */
  readonly occurrence: string;
  readonly answer: Answer;
}
export interface Unsettled {
  readonly occurrence: string;
  readonly fault: FaultRecord;
}

/** An effect with the three messages by which it comes back to its run. */
export interface Effect<Doc, Verbs = never, Request = never, Answer = unknown>
  extends EffectDefinition<Doc, Verbs, Request, Answer> {
  /** It was done; carries the answer. */
  readonly done: EventType<Settled<Answer>>;
  /** The target understood and refused (a `business` fault). */
  readonly refused: EventType<Unsettled>;
  /** It will not succeed by itself: permanent, attempts exhausted, or in doubt and nobody can say. */
  readonly failed: EventType<Unsettled>;
}

/** Any effect, its types forgotten: what the engine works with. Erased parameters are `never`, so nothing can be passed by mistake. */
export interface AnyEffect<Doc = never>
  extends Omit<Effect<Doc>, 'uses' | 'verb' | 'do' | 'ask' | 'ifUnsure' | 'undo' | 'discard' | 'ifSkipped'> {
  readonly uses: { readonly name: string };
  readonly verb: string;
  readonly ask: (doc: Doc, occurrence: string) => unknown;
  readonly ifSkipped?: (doc: Doc, occurrence: string) => unknown;
  readonly do: (verbs: never, request: never, call: Call) => Promise<unknown>;
  readonly ifUnsure:
    | ((verbs: never, request: never, call: Call) => Promise<Inquiry<unknown>>)
    | typeof sendAgain
    | typeof askAPerson;
  readonly undo:
    | ((verbs: never, answer: never, request: never, call: Call) => Promise<void>)
    | CannotUndo
    | typeof nothingToUndo;
  readonly discard?: (verbs: never, request: never, call: Call) => Promise<void>;
}

/** Declares one effect: what it asks, how to find out when the answer was lost, how to undo it, its policy. */
export const defineEffect = <Doc, Verbs, Request, Answer>(
  definition: EffectDefinition<Doc, Verbs, Request, Answer>,
): Effect<Doc, Verbs, Request, Answer> => ({
  ...definition,
  done: { name: `${definition.name}.done` },
  refused: { name: `${definition.name}.refused` },
  failed: { name: `${definition.name}.failed` },
});
