import { Approval, approvalView, isSeenBy } from '#business/apis';
import type { Decided, Verdict } from '#platform/approvals';
import { type ProblemReply, writeRoute } from '#platform/gateway';
import { ApprovalPath, Decision } from './approval-schema.ts';
import type { ApprovalsNeeds } from './needs.ts';
import { seesReplays } from './replay-approval.ts';
import { noSuchApproval } from './show-approvals.ts';

const problems = {
  absent: 'not-found',
  decided: 'already-decided',
  'same-person': 'same-person',
  'not-asker': 'not-yours',
} as const;

const problemOf = ({ refused, because }: Extract<Decided, { readonly ok: false }>): ProblemReply => ({
  problem: problems[refused],
  detail: because,
});

const leadsTo = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const;
const onlyPersons = { problem: 'persons-only', detail: 'A person decides this, who has signed in; a key does not.' };
const replayProblems = { 'same-person': 'same-person', 'wrong-state': 'already-decided' } as const;

/** Approves a planned replay by its own rule, for whoever finds it in this list. */
async function approveReplay(
  { replays }: ApprovalsNeeds,
  { id, by, reason }: { readonly id: string; readonly by: string; readonly reason: string },
): Promise<Approval | ProblemReply> {
  const found = await replays.find(id);
  if (found === undefined) return noSuchApproval(id);
  const answer = await replays.approve(id, by, reason);
  if (!answer.ok) {
    const problem =
      answer.refused === 'same-person' || answer.refused === 'wrong-state'
        ? replayProblems[answer.refused]
        : 'not-found';
    return { problem, detail: answer.because };
  }
  const { plannedBy, plannedAt, subscriber, selection, foreseen } = answer.replay;
  return {
    id,
    what: 'replay.start',
    target: `replay:${id}`,
    summary: `Tell ${foreseen.facts} facts to ${subscriber} again.`,
    askedBy: plannedBy,
    askedAt: plannedAt,
    reason: found.reason,
    request: { subscriber, selection },
    state: 'approved',
    decidedBy: by,
    because: reason,
    outcome: 'It may be started.',
    mayDecide: false,
  };
}

const decision = (verdict: Verdict, scope: string, summary: string, description: string) =>
  writeRoute<ApprovalsNeeds>()({
    name: `${verdict}Approval`,
    method: 'POST',
    path: `/approvals/{id}/${verdict}`,
    summary,
    description,
    access: { scope },
    params: ApprovalPath,
    body: Decision,
    remembers: 'gateway',
    answers: { ok: Approval },
    problems: ['already-decided', 'same-person', 'not-yours', 'persons-only', 'act-refused'],
    handle: async ({ params: { id }, body: { reason }, by, may, sites, intent }, needs) => {
      if (verdict !== 'withdraw' && !by.startsWith('person:')) return onlyPersons;
      const looker = { by, may };
      const replayed = intent.repeated ? { replayed: true as const } : {};
      const found = await needs.approvals.find(id);
      if (found === undefined) {
        const isReplay = verdict === 'approve' && seesReplays(looker, sites) && may('replays:approve');
        const answer = isReplay ? await approveReplay(needs, { id, by, reason }) : noSuchApproval(id);
        return 'problem' in answer ? answer : { outcome: 'ok', body: answer, ...replayed };
      }
      if (!isSeenBy(sites, found.sites ?? [])) return noSuchApproval(id);
      // The same request again gets the same answer, though by now it is decided.
      if (intent.repeated && found.state === leadsTo[verdict] && found.decidedBy === by) {
        return { outcome: 'ok', body: approvalView(found, looker), ...replayed };
      }
      const decided = await needs.approvals.decide(id, verdict, by, reason);
      if (!decided.ok) return problemOf(decided);
      const { approval, performed } = decided;
      if (performed?.done === false) return { problem: 'act-refused', detail: performed.outcome };
      return { outcome: 'ok', body: approvalView(approval, looker), ...replayed };
    },
  });

export const approveApproval = decision(
  'approve',
  'approvals:decide',
  'Allow what somebody else asked for: it is done at once',
  'Exactly what was asked, once, with both names in the records. Where it does not fit any more nothing is done, and the answer says why.',
);

export const refuseApproval = decision(
  'refuse',
  'approvals:decide',
  'Refuse what somebody else asked for',
  'Nothing is done.',
);

export const withdrawApproval = decision(
  'withdraw',
  'approvals:ask',
  'Withdraw what one asked for oneself',
  'Nothing is done.',
);
