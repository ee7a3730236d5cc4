import { type Approval, type Looker, mayDecide } from '#business/apis';
import type { Replay } from '#platform/exceptions';

/** Only who sees all warehouses sees replays. */
export const seesReplays = ({ may }: Looker, sites: readonly string[] | undefined): boolean =>
  sites === undefined && may('replays:read');

/** A replay that is planned and not approved, in the words of approvals; undefined for any other. */
export function replayApproval(replay: Replay, looker: Looker): Approval | undefined {
  if (replay.state !== 'planned') return undefined;
  const { id, subscriber, selection, reason, plannedBy, plannedAt, foreseen } = replay;
  const { facts, doubled } = foreseen;
  return {
    id,
    what: 'replay.start',
    target: `replay:${id}`,
    summary: `Tell ${facts} facts to ${subscriber} again; ${doubled} of them would be done twice.`,
    askedBy: plannedBy,
    askedAt: plannedAt,
    reason,
    request: { subscriber, selection },
    state: 'pending',
    mayDecide: mayDecide(plannedBy, looker, 'replays:approve'),
  };
}
