import type { Json } from '#model/kernel';
import type { ApprovalDesk } from '#platform/approvals';
import type { JournalEntry, OpenEffect } from '#platform/engine';
import type { CaseDesk } from '#platform/exceptions';
import type { OrderLists } from './list/needs.ts';
import type { DoorCatalogue } from './submission/context.ts';

/** A run as it stands. */
export interface OrderRun {
  readonly key: string;
  readonly state: string;
  readonly visit: number;
  readonly phase: 'forward' | 'unwinding' | 'ended';
  readonly ending?: string;
  readonly document: unknown;
  readonly open: readonly OpenEffect[];
  readonly cases: readonly string[];
  readonly startedAt: string;
  readonly updatedAt: string;
  /** Of its flow. */
  readonly version?: number;
  /** When its present deadline is over. */
  readonly dueAt?: string;
}

/** A line of a run's journal. `instance`: which system was asked. `original`: a message as it came. */
export interface RecordedLine {
  readonly seq: number;
  readonly at: string;
  readonly entry: JournalEntry & { readonly instance?: string; readonly original?: string };
}

/** What the API needs of the engine that runs the flows. */
export interface OrderRuns {
  start(run: {
    readonly flow: string;
    readonly key: string;
    readonly input: unknown;
    readonly source: string;
    readonly claim: { readonly scope: string; readonly key: string; readonly fingerprint: string };
  }): Promise<{ readonly outcome: 'started' | 'repeated' | 'conflicting'; readonly key: string }>;
  deliver(
    messages: readonly {
      readonly flow: string;
      readonly key: string;
      readonly id: string;
      readonly source: string;
      readonly type: string;
      readonly data: unknown;
    }[],
  ): Promise<void>;
  waitFor(
    flow: string,
    key: string,
    until: (run: OrderRun) => boolean,
    timeoutMs: number,
  ): Promise<OrderRun | undefined>;
  view(flow: string, key: string): Promise<OrderRun | undefined>;
  journal(flow: string, key: string): Promise<readonly RecordedLine[]>;
}

/** Where an effect stands that has not come back. */
export type EffectStanding = 'safe to send' | 'under way' | 'in doubt: asking';

/** What somebody does to an order. */
export interface OrderAct {
  readonly order: string;
  readonly action: 'release-hold' | 'cancel' | 'change' | 'release-again' | 'release-by-hand';
  readonly by: string;
  /** The id of the message that tells the order of it. */
  readonly message: string;
  readonly details: Readonly<Record<string, Json | undefined>>;
  /** It was asked for before by the same intent, and may stand there already. */
  readonly isRepeated: boolean;
}

/** Keeps for ever who did what, before it is done. */
export type OrderAudit = (act: OrderAct) => Promise<void>;

/** What the handlers of the orders API are given. */
export interface OrdersNeeds {
  readonly engine: OrderRuns;
  /** Order numbers, each given once. */
  readonly numbers: { next(claim?: { readonly scope: string; readonly key: string }): Promise<string> };
  readonly catalogue: DoorCatalogue;
  /** Where open effects stand, by key; a key that is absent is settled by now. */
  readonly effectStandings: (keys: readonly string[]) => Promise<ReadonlyMap<string, EffectStanding>>;
  /** The open cases of the order and of its fulfilments. */
  readonly cases: Pick<CaseDesk, 'list'>;
  /** Acts that take a second person. */
  readonly approvals: Pick<ApprovalDesk, 'isNeeded' | 'asked' | 'ask'>;
  readonly lists: OrderLists;
  readonly orderAudit: OrderAudit;
}
