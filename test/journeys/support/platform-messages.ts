/** Where a process is to die: the nth time that it passes the point (with this effect) after it was told. */
export interface CrashPlan {
  readonly point: string;
  readonly nth: number;
  readonly effect?: string;
  /** Only its undoing. */
  readonly undo?: true;
}

/** A durability boundary that was passed. */
export interface Passed {
  readonly point: string;
  readonly effect?: string;
  /** The effect's key. */
  readonly key?: string;
  readonly attempt?: number;
}

/** What a node is started with. */
export interface NodeOptions {
  /** The engine's options that are plain values. */
  readonly engine?: Readonly<Record<string, string | number>>;
  /** Every boundary that is passed is appended here, a line of JSON each. */
  readonly traceFile?: string;
  /** Where it keeps what it saw of the database, as `serve` does; default: nowhere. */
  readonly evidence?: string;
  /** Connections of its pool; default 10. */
  readonly poolSize?: number;
  /** How often a consumer may call, in place of each API's own plan. */
  readonly plan?: { readonly name: string; readonly requests: number; readonly seconds: number };
}

/** What a Crossdock in its own process is told, one at a time; each is answered once. */
export type Order =
  | {
      readonly do: 'start';
      readonly databaseUrl: string;
      readonly configuration: object;
      readonly node?: NodeOptions;
    }
  /** Counts from now on; with a plan, dies there. */
  | { readonly do: 'watch'; readonly plan?: CrashPlan }
  /** What was passed since `watch`. */
  | { readonly do: 'tell' }
  /** Are these runs' journals as they were written, and is anything parked? */
  | { readonly do: 'audit'; readonly runs: readonly { readonly flow: string; readonly key: string }[] }
  /** What the installation believes to be in stock of these items. */
  | { readonly do: 'count'; readonly items: readonly string[] }
  /** Keeps the event loop busy, so that nothing else runs. */
  | { readonly do: 'block'; readonly milliseconds: number }
  /** Takes memory until there is none; never answered. */
  | { readonly do: 'exhaust' }
  /** Ends as `serve` does on SIGTERM; answered by its end. */
  | { readonly do: 'end' };

/** A position as the installation sees it. */
export interface Counted {
  readonly item: string;
  readonly site: string;
  readonly onHand: string;
  /** Firm claims. */
  readonly claimed: string;
}

export interface Audit {
  /** Runs that are not there or whose chain is broken, with why. */
  readonly broken: readonly string[];
  /** Open cases: flow, key and cause. */
  readonly parked: readonly string[];
}

/** Its answer; `ready` comes once by itself, when its modules are loaded. */
export type Report =
  | { readonly is: 'loaded' }
  /** `mutations`: how many lines of its source were changed for this process. */
  | { readonly is: 'started'; readonly url: string; readonly mutations: number }
  | { readonly is: 'watching' }
  | { readonly is: 'passed'; readonly passed: readonly Passed[] }
  | { readonly is: 'audited'; readonly audit: Audit }
  | { readonly is: 'counted'; readonly positions: readonly Counted[] }
  | { readonly is: 'blocked' }
  | { readonly is: 'failed'; readonly why: string };
