import { type Static, type TProperties, Type } from 'typebox';
import { Approval, approvalView } from '#business/apis';
import { closed } from '#model/canonical';
import type { BulkActionName } from '#platform/exceptions';
import { type Route, writeRoute } from '#platform/gateway';
import { bulkAct, bulkIntent } from './acts-of-two.ts';
import { BulkPreview, BulkView, bulkView } from './bulk-schema.ts';
import { GroupName, Person, Reason } from './members.ts';
import type { CasesNeeds } from './needs.ts';

interface BulkBody {
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly atMost?: number;
  readonly to?: string | null;
}

const common = {
  reason: Reason,
  dryRun: Type.Optional(
    Type.Boolean({ description: 'Only say what it would do. The real one needs an Idempotency-Key of its own.' }),
  ),
  atMost: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Refuse when there are more by now: how many you have seen.' }),
  ),
};

const grew = (count: number, atMost: number) => ({
  problem: 'group-grew',
  detail: `There are ${count} by now, more than ${atMost}: look at the group again.`,
});

function bulkRoute(action: BulkActionName, summary: string, members: TProperties = {}): Route<CasesNeeds> {
  const Body = Type.Object({ ...common, ...members }, closed);
  return writeRoute<CasesNeeds>()({
    name: `${action}Group`,
    method: 'POST',
    path: `/groups/{group}/${action === 'note' ? 'notes' : action}`,
    summary,
    description:
      'Takes the group’s cases as they are when it begins, by ship-by and age and in order for each business object, no faster than ' +
      'the outside system’s lane has room. It goes on when a node dies. Where a person retries very many, another must allow it first: ' +
      'the answer is then the approval.',
    access: { scope: 'cases:decide' },
    params: Type.Object({ group: GroupName }, closed),
    body: Body,
    remembers: 'gateway',
    answers: { ok: BulkPreview, accepted: Type.Union([BulkView, Approval]) },
    problems: ['group-grew'],
    handle: async ({ params, body, by, may, sites, intent }, { bulks, approvals }) => {
      const { dryRun, ...given } = body as Static<typeof Body> & BulkBody;
      const { group } = params;
      const of = { action, group, ...(sites === undefined ? {} : { sites }) };
      const what = `bulk.${action}`;
      if (dryRun === true) {
        const { worth, notAllowed, ...counts } = await bulks.preview(of);
        const needsApproval = approvals.isNeeded(what, by, { count: counts.allowed, worth });
        return { outcome: 'ok', body: { ...counts, worth: [...worth], notAllowed: [...notAllowed], needsApproval } };
      }
      const replayed = intent.repeated ? { replayed: true as const } : {};
      if (approvals.isNeeded(what, by)) {
        const asked = await approvals.asked(by, bulkIntent(intent.key));
        const preview = asked === undefined ? await bulks.preview(of) : undefined;
        const isMuch =
          preview !== undefined && approvals.isNeeded(what, by, { count: preview.allowed, worth: preview.worth });
        if (preview !== undefined && given.atMost !== undefined && preview.count > given.atMost) {
          return grew(preview.count, given.atMost);
        }
        const approval =
          asked ??
          (isMuch ? await approvals.ask(bulkAct({ ...given, ...of, by, intent: intent.key }, preview)) : undefined);
        if (approval !== undefined) {
          const location = `/api/approvals/v1/approvals/${approval.id}`;
          return { outcome: 'accepted', body: approvalView(approval, { by, may }), location, ...replayed };
        }
      }
      const started = await bulks.start({ ...given, ...of, by, intent: intent.key });
      if ('refused' in started) {
        const problem = started.refused === 'absent' ? 'not-found' : 'group-grew';
        return { problem, detail: started.because };
      }
      const view = bulkView(started.bulk);
      return { outcome: 'accepted', body: view, location: view.links.self, ...replayed };
    },
  });
}

/** What may be done to a whole group. */
export const bulkRoutes: readonly Route<CasesNeeds>[] = [
  bulkRoute('retry', 'Send everything of a group again'),
  bulkRoute('skip', 'Go on without it, for a whole group'),
  bulkRoute('close', 'Close a whole group that nothing would close'),
  bulkRoute('assign', 'Give a whole group to somebody, or take it from them', {
    to: Type.Union([Person, Type.Null()], { description: 'A person or a team; null takes them from their owners.' }),
  }),
  bulkRoute('note', 'Write a note on every case of a group'),
];
