import type { AuditNeeds, Verification, Verified } from '#business/apis/audit/v1';
import { listAudit, verifyAudit } from '#platform/audit';
import { type AuditFinding, verifyAudit as verifyJournals } from '#platform/engine/runtime';
import type { Database } from '#platform/storage';

type FirstBad = NonNullable<Verified['firstBad']>;

function badJournal(finding: AuditFinding): FirstBad {
  if (finding.what === 'anchor') return { target: `anchor ${finding.anchor}`, seq: 0, because: 'anchor' };
  return { target: `${finding.flow}/${finding.key}`, seq: finding.firstBadVersion, because: finding.what };
}

async function ofJournals(database: Database, target: string | undefined): Promise<Verified> {
  const slash = target?.indexOf('/') ?? -1;
  const query =
    target === undefined
      ? {}
      : slash === -1
        ? { flow: target }
        : { flow: target.slice(0, slash), key: target.slice(slash + 1) };
  const { runs, findings } = await verifyJournals(database, query);
  return { entries: runs, ...(findings[0] === undefined ? {} : { firstBad: badJournal(findings[0]) }) };
}

async function ofActs({ pool }: Database, target: string | undefined): Promise<Verified> {
  const verdict = await verifyAudit(pool, target);
  if (verdict.intact) return { entries: verdict.entries };
  const { target: bad, seq, because } = verdict;
  return { entries: 0, firstBad: { target: bad, seq, because } };
}

/** The audit as the API shows it. */
export function openAuditBook(database: Database): AuditNeeds {
  let underWay: { readonly name: string; readonly verified: Promise<Verified> } | undefined;

  async function verify({ of, target }: Verification): Promise<Verified | 'busy'> {
    const name = `${of} ${target ?? ''}`;
    if (underWay !== undefined) return underWay.name === name ? underWay.verified : 'busy';
    const verified = of === 'acts' ? ofActs(database, target) : ofJournals(database, target);
    underWay = { name, verified };
    return verified.finally(() => {
      underWay = undefined;
    });
  }

  return { auditBook: { list: (query) => listAudit(database.pool, query), verify } };
}
