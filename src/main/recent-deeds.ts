import type { Topic } from '#business/apis/live/v1';
import type { ApprovalDesk } from '#platform/approvals';
import { type AuditEntry, auditBetween } from '#platform/audit';
import { listRecentCases } from '#platform/exceptions';
import type { Happening } from '#platform/live';
import type { Database } from '#platform/storage';

interface RecentParts {
  readonly database: Database;
  readonly approvals: Pick<ApprovalDesk, 'find'>;
}

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const farAway = '9999-01-01T00:00:00.000Z';

const kindOf = ({ target }: AuditEntry): string => target.split(':', 1)[0] ?? '';
const nameOf = ({ target }: AuditEntry): string => target.slice(kindOf({ target } as AuditEntry).length + 1);
const idOf = ({ target, seq }: AuditEntry): string => `${target}#${seq}`;

/** Cases that were opened, closed, or acted on. */
async function ofCases({ database }: RecentParts, since: string, acts: readonly AuditEntry[]) {
  const acted = acts.filter((act) => kindOf(act) === 'case' && idForm.test(nameOf(act)));
  const recent = await listRecentCases(database, since, [...new Set(acted.map(nameOf))]);
  const sitesOf = new Map(recent.map(({ id, sites }) => [id, sites]));
  const told = (happening: string, key: string): Happening<Topic> => ({
    id: happening,
    topic: 'cases',
    things: [{ key, sites: sitesOf.get(key) ?? [] }],
  });
  return [
    ...recent
      .map(({ id, openedAt, closedAt }) => ({ id, at: closedAt ?? openedAt, what: closedAt ? 'closed' : 'opened' }))
      .filter(({ at }) => at >= since)
      .map(({ id, what, at }) => told(`${id} ${what} ${at}`, id)),
    ...acted.map((act) => told(idOf(act), nameOf(act))),
  ];
}

/** Approvals that were asked for or decided. Replays, which wait for a second person too, are of no one warehouse. */
async function ofApprovals({ approvals }: RecentParts, acts: readonly AuditEntry[]) {
  const decided = acts.filter((act) => kindOf(act) === 'approval' && idForm.test(nameOf(act)));
  const ids = [...new Set(decided.map(nameOf))];
  const found = await Promise.all(ids.map(async (id) => [id, (await approvals.find(id))?.sites ?? []] as const));
  const sitesOf = new Map(found);
  const replays = acts.filter((act) => kindOf(act) === 'replay');
  return [...decided, ...replays].map(
    (act): Happening<Topic> => ({
      id: idOf(act),
      topic: 'approvals',
      things: [{ key: nameOf(act), sites: sitesOf.get(nameOf(act)) ?? [] }],
    }),
  );
}

/** A bulk moves many cases, and a case each time; the bulk itself is told of by its beginning and end. */
const ofBulks = (acts: readonly AuditEntry[]): readonly Happening<Topic>[] =>
  acts.filter((act) => kindOf(act) === 'bulk').map((act) => ({ id: idOf(act), topic: 'cases', things: 'many' }));

/** What happened to cases and approvals since a moment: as the tables of cases and the audit have it. */
export async function recentDeeds(parts: RecentParts, since: string): Promise<readonly Happening<Topic>[]> {
  const acts = await auditBetween(parts.database.pool, since, farAway);
  return [...(await ofCases(parts, since, acts)), ...(await ofApprovals(parts, acts)), ...ofBulks(acts)];
}
