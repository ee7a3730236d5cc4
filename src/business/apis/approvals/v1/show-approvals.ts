import { Approval, approvalView, isSeenBy, type Looker } from '#business/apis';
import { type Failure, readRoute } from '#platform/gateway';
import { ApprovalPath, type ApprovalQuery, Approvals, ApprovalQuery as Query } from './approval-schema.ts';
import type { ApprovalsNeeds } from './needs.ts';
import { replayApproval, seesReplays } from './replay-approval.ts';

const usualPage = 50;
const mostReplays = 100;

export const noSuchApproval = (id: string) => ({ problem: 'not-found', detail: `There is no approval ${id}.` });

const wrongPlace: Failure = {
  in: 'query',
  code: 'unknown-place',
  path: '/after',
  message: 'This is not where a page of this list ended: give `next` of the page before.',
};

const place = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00)_([0-9a-f-]{36})$/;

/** Planned replays stand before the first page of what is pending, or of everything. */
async function plannedReplays(
  { state, after }: ApprovalQuery,
  { replays }: ApprovalsNeeds,
  looker: Looker,
  sites: readonly string[] | undefined,
): Promise<readonly Approval[]> {
  const isAsked = after === undefined && (state === undefined || state === 'pending');
  if (!isAsked || !seesReplays(looker, sites)) return [];
  return (await replays.list(mostReplays)).flatMap((replay) => replayApproval(replay, looker) ?? []);
}

export const listApprovals = readRoute<ApprovalsNeeds>()({
  name: 'listApprovals',
  path: '/approvals',
  summary: 'What waits for a second person, or did; newest first',
  access: { scope: 'approvals:read' },
  query: Query,
  answers: { ok: Approvals },
  problems: [],
  handle: async ({ query, by, may, sites }, needs) => {
    const { state, after, limit } = query;
    const [, at, id] = (after === undefined ? undefined : place.exec(after)) ?? [];
    if (after !== undefined && id === undefined) {
      return { problem: 'invalid-request', detail: wrongPlace.message, errors: [wrongPlace] };
    }
    const page = await needs.approvals.list({
      ...(state === undefined ? {} : { state }),
      ...(sites === undefined ? {} : { sites }),
      ...(at === undefined || id === undefined ? {} : { after: { place: at, id } }),
      limit: limit === undefined ? usualPage : Number(limit),
    });
    const looker = { by, may };
    const planned = await plannedReplays(query, needs, looker, sites);
    return {
      outcome: 'ok',
      body: {
        approvals: [...planned, ...page.approvals.map((approval) => approvalView(approval, looker))],
        ...(page.next === undefined ? {} : { next: `${page.next.place}_${page.next.id}` }),
      },
    };
  },
});

export const showApproval = readRoute<ApprovalsNeeds>()({
  name: 'showApproval',
  path: '/approvals/{id}',
  summary: 'One of them, with all that will be done',
  access: { scope: 'approvals:read' },
  params: ApprovalPath,
  answers: { ok: Approval },
  problems: [],
  handle: async ({ params, by, may, sites }, { approvals, replays }) => {
    const looker = { by, may };
    const found = await approvals.find(params.id);
    if (found !== undefined && isSeenBy(sites, found.sites ?? [])) {
      return { outcome: 'ok', body: approvalView(found, looker) };
    }
    const replay = seesReplays(looker, sites) ? await replays.find(params.id) : undefined;
    const planned = replay && replayApproval(replay, looker);
    return planned === undefined ? noSuchApproval(params.id) : { outcome: 'ok', body: planned };
  },
});
