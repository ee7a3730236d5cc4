/** Where a process is to die: the nth time that it passes the point (with this effect) after it was told. */
export interface CrashPlan {
  readonly point: string;
  readonly nth: number;
  readonly effect?: string;
}

/** A durability boundary that was passed. */
export interface Passed {
  readonly point: string;
  readonly effect?: string;
}

/** What a Crossdock in its own process is told, one at a time; each is answered once. */
export type Order =
  | { readonly do: 'start'; readonly databaseUrl: string; readonly configuration: object }
  /** Counts from now on; with a plan, dies there. */
  | { readonly do: 'watch'; readonly plan?: CrashPlan }
  /** What was passed since `watch`. */
  | { readonly do: 'tell' }
  /** Are these runs' journals as they were written, and is anything parked? */
  | { readonly do: 'audit'; readonly runs: readonly { readonly flow: string; readonly key: string }[] };

export interface Audit {
  /** Runs that are not there or whose chain is broken, with why. */
  readonly broken: readonly string[];
  /** Open cases: flow, key and cause. */
  readonly parked: readonly string[];
}

/** Its answer; `ready` comes once by itself, when its modules are loaded. */
export type Report =
  | { readonly is: 'loaded' }
  | { readonly is: 'started'; readonly url: string }
  | { readonly is: 'watching' }
  | { readonly is: 'passed'; readonly passed: readonly Passed[] }
  | { readonly is: 'audited'; readonly audit: Audit }
  | { readonly is: 'failed'; readonly why: string };
