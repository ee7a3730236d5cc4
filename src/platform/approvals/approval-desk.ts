import { createHash } from 'node:crypto';
import type { Clock, Json } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { type Database, inTransaction } from '#platform/storage';
import {
  type Act,
  type Approval,
  type ApprovalRow,
  type ApprovalState,
  approvalOf,
  approvalTarget,
  type Performed,
  type Performer,
} from './approval.ts';
import { type ApprovalPolicy, type Extent, needsAnother } from './policy.ts';
import {
  decideAsAnother,
  decideAsAsker,
  expireApprovals,
  insertApproval,
  recordOutcome,
  selectApproval,
  selectApprovals,
  undoneApprovals,
} from './sql/approvals.ts';

export interface ApprovalQuery {
  /** `decided`: whatever is not pending any more. */
  readonly state?: ApprovalState | 'decided';
  /** The only warehouses of whoever looks: what is about none of them is not shown. */
  readonly sites?: readonly string[];
  readonly after?: { readonly place: string; readonly id: string };
  readonly limit: number;
}

export type Verdict = 'approve' | 'refuse' | 'withdraw';

/** `absent`: there is none such. `same-person`: who asked does not decide. `not-asker`: who did not ask does not withdraw. */
export type Decided =
  | { readonly ok: true; readonly approval: Approval; readonly performed?: Performed }
  | {
      readonly ok: false;
      readonly refused: 'absent' | 'decided' | 'same-person' | 'not-asker';
      readonly because: string;
    };

/** Acts that one person asks for and another allows. Every step stands in the audit of `approval:<id>`. */
export interface ApprovalDesk {
  /** Does this act wait for another person? */
  isNeeded(what: string, by: string, extent?: Extent): boolean;
  /** What was asked under the same intent before. */
  asked(by: string, intent: string): Promise<Approval | undefined>;
  /** Durable when it answers; nothing is done. */
  ask(act: Act): Promise<Approval>;
  find(id: string): Promise<Approval | undefined>;
  list(query: ApprovalQuery): Promise<{
    readonly approvals: readonly Approval[];
    readonly next?: { readonly place: string; readonly id: string };
  }>;
  /** Approved: it is done at once, and if this node dies over it, soon after by another. */
  decide(id: string, verdict: Verdict, by: string, reason: string): Promise<Decided>;
  /**
   * Does what was approved and is not done, and ends what nobody decided in time. How many were done: one that throws is told to the log,
   * and tried again at the next time.
   */
  finishLeft(): Promise<number>;
}

export interface ApprovalNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly policy: ApprovalPolicy;
  /** By kind of act. */
  readonly performers: Readonly<Record<string, Performer>>;
  /** What could not be done is told here; default: to nobody. */
  readonly log?: (event: string, details: Readonly<Record<string, Json>>) => void;
}

export interface ApprovalOptions {
  /** How long an approval may wait, hours; default 24. */
  readonly hours?: number;
  /** What was approved and is not done after so long was left by its node, seconds; default 30. */
  readonly leftAfterSeconds?: number;
}

const states = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const;
const mostLeft = 20;

/** The same intent has the same id. */
function idOf(by: string, intent: string): string {
  const digest = createHash('sha256').update(`approval:${by.length}:${by}${intent}`).digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** Opens the desk for approvals. */
export function createApprovalDesk(needs: ApprovalNeeds, options: ApprovalOptions = {}): ApprovalDesk {
  const { database, clock, policy, performers, log = () => undefined } = needs;
  const { hours = 24, leftAfterSeconds = 30 } = options;
  const { pool } = database;

  async function find(id: string): Promise<Approval | undefined> {
    const row = (await pool.query<ApprovalRow>(selectApproval, [id])).rows[0];
    return row && approvalOf(row);
  }

  async function perform(approval: Approval): Promise<Performed> {
    const { id, what, decidedBy = '' } = approval;
    const performer = Object.hasOwn(performers, what) ? performers[what] : undefined;
    if (performer === undefined) throw new Error(`nobody here does ${what}`);
    const performed = await performer({ ...approval, decidedBy });
    const { done, outcome } = performed;
    await inTransaction(database, async (client) => {
      if ((await client.query(recordOutcome, [id, outcome])).rows.length === 0) return;
      const action = done ? 'done' : 'not-done';
      const details = { what, target: approval.target, outcome };
      await recordAction(client, { target: approvalTarget(id), action, by: decidedBy, at: clock.now(), details });
    });
    return performed;
  }

  /** Each that is left is tried once: one that cannot be done keeps none of the others from being done. */
  async function doWhatIsLeft(): Promise<number> {
    const tried: string[] = [];
    let done = 0;
    for (;;) {
      const { rows } = await pool.query<ApprovalRow>(undoneApprovals, [leftAfterSeconds, mostLeft, tried]);
      if (rows.length === 0) return done;
      for (const approval of rows.map(approvalOf)) {
        tried.push(approval.id);
        await perform(approval).then(
          () => {
            done += 1;
          },
          (thrown: unknown) =>
            log('approval-not-finished', { approval: approval.id, what: approval.what, message: String(thrown) }),
        );
      }
    }
  }

  async function whyNot(id: string, verdict: Verdict, by: string): Promise<Decided> {
    const found = await find(id);
    if (found === undefined) return { ok: false, refused: 'absent', because: `There is no approval ${id}.` };
    if (found.state !== 'pending') {
      return { ok: false, refused: 'decided', because: `It is ${found.state}: there is nothing left to decide.` };
    }
    return verdict === 'withdraw'
      ? { ok: false, refused: 'not-asker', because: `${found.askedBy} asked for it, and may withdraw it.` }
      : { ok: false, refused: 'same-person', because: `${by} asked for it: somebody else decides.` };
  }

  return {
    isNeeded: (what, by, extent) => needsAnother(policy, what, by, extent),
    asked: (by, intent) => find(idOf(by, intent)),
    find,
    ask: async ({ what, target, summary, worth, sites, by, reason, request, intent }) => {
      const id = idOf(by, intent);
      const asked = await inTransaction(database, async (client) => {
        const at = clock.now();
        const row = (
          await client.query<ApprovalRow>(insertApproval, [
            ...[id, what, target, summary, worth?.amount ?? null, worth?.currency ?? null, sites ?? null],
            ...[by, at, reason, JSON.stringify(request), hours],
          ])
        ).rows[0];
        if (row === undefined) return undefined;
        const details = { what, target, summary, reason, request };
        await recordAction(client, { target: approvalTarget(id), action: 'ask', by, at, details });
        return approvalOf(row);
      });
      const approval = asked ?? (await find(id));
      if (approval === undefined) throw new Error(`approval ${id} was written and is not there`);
      return approval;
    },
    list: async ({ state, sites, after, limit }) => {
      const { rows } = await pool.query<ApprovalRow & { readonly place: string }>(selectApprovals, [
        ...[state ?? null, sites ?? null, after?.place ?? null, after?.id ?? null, limit + 1],
      ]);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        approvals: page.map(approvalOf),
        ...(rows.length > limit && last !== undefined ? { next: { place: last.place, id: last.id } } : {}),
      };
    },
    decide: async (id, verdict, by, reason) => {
      const decided = await inTransaction(database, async (client) => {
        const statement = verdict === 'withdraw' ? decideAsAsker : decideAsAnother;
        const row = (await client.query<ApprovalRow>(statement, [id, states[verdict], by, reason])).rows[0];
        if (row === undefined) return undefined;
        const { what, target, askedBy } = approvalOf(row);
        const details = { what, target, askedBy, reason };
        await recordAction(client, { target: approvalTarget(id), action: verdict, by, at: clock.now(), details });
        return approvalOf(row);
      });
      if (decided === undefined) return whyNot(id, verdict, by);
      if (verdict !== 'approve') return { ok: true, approval: decided };
      const performed = await perform(decided);
      return { ok: true, approval: { ...decided, outcome: performed.outcome }, performed };
    },
    finishLeft: async () => {
      const { rows } = await pool.query<{ id: string; what: string; target: string }>(expireApprovals);
      for (const { id, what, target } of rows) {
        const details = { what, target };
        await recordAction(pool, {
          target: approvalTarget(id),
          action: 'expire',
          by: 'engine',
          at: clock.now(),
          details,
        });
      }
      return doWhatIsLeft();
    },
  };
}
