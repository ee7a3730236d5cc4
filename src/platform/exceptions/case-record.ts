import type { Decimal, FaultRecord, Instant } from '#model/kernel';

/** Something that a person must see, or had to: one business object and one cause. */
export interface CaseRecord {
  readonly id: string;
  /** What many cases of one cause have in common. */
  readonly group: string;
  readonly flow: string;
  /** The business key. */
  readonly key: string;
  /** Kebab-case. */
  readonly cause: string;
  /** One sentence with what to do. */
  readonly summary: string;
  readonly severity: string;
  /** The run that it stands for, and where that is; absent where there is none, as for a letter. */
  readonly run?: {
    readonly id: string;
    readonly state: string;
    readonly phase: string;
    readonly version: number;
    /** Key of a run that is a part of it and has not ended. */
    readonly part?: string;
  };
  /** Key of the effect that waits for a decision, or did. */
  readonly effect?: string;
  /** It has a row: it is on its way and waits for nobody's decision. */
  readonly effectIs?: 'waiting to be sent' | 'under way' | 'in doubt';
  /** The outside system that failed, and how. */
  readonly instance?: string;
  readonly fault?: FaultRecord;
  /** With whom it is. */
  readonly party?: string;
  /** What is at risk. */
  readonly worth?: { readonly amount: Decimal; readonly currency: string };
  /** The business object's own cut-off, e.g. when it must be shipped. */
  readonly dueBy?: Instant;
  /** By when somebody must have decided. */
  readonly deadlineAt?: Instant;
  readonly owner?: string;
  /** How often it was escalated. */
  readonly level: number;
  /** Counts people's acts: name it when you act, so that nobody acts on what has changed meanwhile. */
  readonly version: number;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  readonly closedBecause?: string;
}

export interface CaseRow {
  readonly id: string;
  readonly run_id: string | null;
  readonly flow: string;
  readonly key: string;
  readonly cause: string;
  readonly summary: string;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly closed_because: string | null;
  readonly group_key: string;
  readonly party: string | null;
  readonly worth: string | null;
  readonly currency: string | null;
  readonly due_by: string | null;
  readonly effect_key: string;
  readonly instance: string | null;
  readonly fault: FaultRecord | null;
  readonly severity: string;
  readonly owner: string | null;
  readonly deadline_at: string | null;
  readonly level: number;
  readonly revision: number;
  readonly state: string | null;
  readonly phase: string | null;
  readonly part: string | null;
  readonly flow_version: number | null;
  readonly waits: boolean;
  readonly doubted: boolean;
  readonly sent: boolean;
}

type Present<Members> = { [Name in keyof Members]?: Exclude<Members[Name], null | undefined> };

/** Without the members that are null or undefined. */
const present = <Members extends object>(members: Members): Present<Members> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<Members>;

/** A row as a case. */
export function caseOf(row: CaseRow): CaseRecord {
  const { worth, currency, run_id: runId, state, phase, flow_version: version } = row;
  return {
    id: row.id,
    group: row.group_key,
    flow: row.flow,
    key: row.key,
    cause: row.cause,
    summary: row.summary,
    severity: row.severity,
    level: row.level,
    version: row.revision,
    openedAt: row.opened_at,
    ...present({
      run:
        runId === null || state === null
          ? null
          : { id: runId, state, phase: phase ?? '', version: version ?? 0, ...present({ part: row.part }) },
      effect: row.effect_key === '' ? null : row.effect_key,
      effectIs: row.waits ? (row.doubted ? 'in doubt' : row.sent ? 'under way' : 'waiting to be sent') : null,
      instance: row.instance,
      fault: row.fault,
      party: row.party,
      worth: worth === null || currency === null ? null : { amount: worth as Decimal, currency },
      dueBy: row.due_by,
      deadlineAt: row.deadline_at,
      owner: row.owner,
      closedAt: row.closed_at,
      closedBecause: row.closed_because,
    } as const),
  };
}
