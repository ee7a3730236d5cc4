import type { LaneView } from '#business/apis/lanes/v1';
import type { Operator } from './operator.ts';
import type { Stage } from './scenario.ts';

/** A lane as the public API shows it, with what was done to it. */
export const lookAtLane = (stage: Stage, operator: Operator, lane: string, place = 0): Promise<LaneView> =>
  operator(stage.node(place % stage.nodes.length)).read<LaneView>(`/api/lanes/v1/lanes/${lane}`);
