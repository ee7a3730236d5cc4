import type { LanesNeeds } from '#business/apis/lanes/v1';
import { systemClock } from '#model/kernel';
import { recordAction } from '#platform/audit';
import type { Database } from '#platform/storage';

type LaneDesk = LanesNeeds['laneDesk'];

/**
 * The engine's lanes, with a line in the audit for each act of a person or caller: written first, since an act that is told and did
 * not come about does less harm than one that nobody tells of.
 */
export function auditedLanes(engine: LaneDesk, { pool }: Database): LaneDesk {
  const audited =
    (action: 'pause' | 'resume', act: LaneDesk['pauseLane']): LaneDesk['pauseLane'] =>
    async (lane, by, reason) => {
      await recordAction(pool, { target: `lane:${lane}`, action, by, at: systemClock.now(), details: { reason } });
      return act(lane, by, reason);
    };
  return {
    lanes: engine.lanes,
    laneHistory: engine.laneHistory,
    pauseLane: audited('pause', engine.pauseLane),
    resumeLane: audited('resume', engine.resumeLane),
  };
}
