import { setTimeout as wait } from 'node:timers/promises';
import { type CasesNeeds, casePerformers } from '#business/apis/cases/v1';
import { type OrderAudit, type OrderRuns, releasePerformer } from '#business/apis/orders/v1';
import { systemClock } from '#model/kernel';
import { type ApprovalDesk, type ApprovalPolicy, createApprovalDesk } from '#platform/approvals';
import type { Log } from '#platform/engine/runtime';
import type { Database, Leadership } from '#platform/storage';

export interface ApprovalsParts {
  readonly database: Database;
  readonly policy: ApprovalPolicy;
  readonly engine: OrderRuns;
  readonly orderAudit: OrderAudit;
  readonly desks: Pick<CasesNeeds, 'cases' | 'bulks'>;
  readonly lead: Leadership['lead'];
  readonly log: Log;
}

const rhythmMs = 10_000;

/** The desk for acts that take two persons, and the look at those that a node has left. */
export function openApprovals({ database, policy, engine, orderAudit, desks, lead, log }: ApprovalsParts): {
  readonly approvals: ApprovalDesk;
  stop(): Promise<void>;
} {
  const approvals = createApprovalDesk({
    database,
    clock: systemClock,
    policy,
    log,
    performers: {
      ...casePerformers(desks.cases, desks.bulks),
      'order.release-again': releasePerformer(engine, orderAudit),
    },
  });
  const sweep = lead('approvals-left', async (signal) => {
    while (!signal.aborted) {
      await approvals.finishLeft().then(
        (count) => count > 0 && log('approvals-finished', { count }),
        (thrown: unknown) => log('approvals-not-finished', { message: String(thrown) }),
      );
      await wait(rhythmMs, undefined, { signal }).catch(() => undefined);
    }
  });
  return { approvals, stop: () => sweep.stop() };
}
