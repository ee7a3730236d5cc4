/**
 * A business ability that is asked of an outside system, e.g. "sales orders" or "fulfilment".
 * `Verbs` is the interface that a connector implements; every verb takes `(request, call)` and answers with canonical data.
 */
export interface Capability<Verbs> {
  /** Kebab-case, unique, used in routing rules, e.g. `sales-orders`. */
  readonly name: string;
  /** Carries the type only; never set. */
  readonly verbs?: Verbs;
}

export const defineCapability = <Verbs>(name: string): Capability<Verbs> => ({ name });

/** What travels with every call to an outside system. */
export interface Call {
  /** Names one intent for ever: the same after a restart, a restore or a resubmission. At most 100 characters of `[A-Za-z0-9:._-]`. */
  readonly key: string;
  /** 1 at the first sending; above 1 something may already be there under this key. */
  readonly attempt: number;
  /** Aborts when the time for this call is over or the lease is lost. */
  readonly signal: AbortSignal;
  /** W3C `traceparent`, where the story is followed: to be sent with whatever can carry it. */
  readonly traceparent?: string;
}

/** The answer to "was it done?" after an answer was lost. */
export type Inquiry<Answer> =
  | { readonly known: 'done'; readonly answer: Answer }
  | { readonly known: 'not-done' }
  | { readonly known: 'unsure' };

export const foundDone = <Answer>(answer: Answer): Inquiry<Answer> => ({ known: 'done', answer });
export const notDone: Inquiry<never> = { known: 'not-done' };
export const unsure: Inquiry<never> = { known: 'unsure' };

/** The facts by which routing rules choose an instance. What is absent matches only rules that do not ask for it. */
export interface RoutingFacts {
  readonly company?: string;
  readonly site?: string;
  readonly itemGroup?: string;
  readonly customerGroup?: string;
}
