import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { readRoute } from '#platform/gateway';
import { findLane, LanePath, noSuchLane } from './lane-path.ts';
import type { LanesNeeds } from './needs.ts';
import { LaneSummary, LaneView, laneSummary, laneView } from './view.ts';

export const listLanes = readRoute<LanesNeeds>()({
  name: 'listLanes',
  path: '/lanes',
  summary: 'Show every lane: its budget and who holds it, whether it may be used, what waits and when that is gone',
  access: { scope: 'lanes:read' },
  answers: { ok: Type.Object({ lanes: Type.Array(LaneSummary) }, closed) },
  problems: [],
  handle: async (_request, { laneDesk }) => ({
    outcome: 'ok',
    body: { lanes: (await laneDesk.lanes()).map(laneSummary) },
  }),
});

export const showLane = readRoute<LanesNeeds>()({
  name: 'showLane',
  path: '/lanes/{lane}',
  summary: 'Show one lane, and what was done to it',
  access: { scope: 'lanes:read' },
  params: LanePath,
  answers: { ok: LaneView },
  problems: [],
  handle: async ({ params }, { laneDesk }) => {
    const lane = await findLane(laneDesk, params.lane);
    if (lane === undefined) return noSuchLane(params.lane);
    return { outcome: 'ok', body: laneView(lane, await laneDesk.laneHistory(params.lane)) };
  },
});
