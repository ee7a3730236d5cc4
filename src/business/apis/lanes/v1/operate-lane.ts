import { Type } from 'typebox';
import { closed, PlainText } from '#model/canonical';
import { writeRoute } from '#platform/gateway';
import { findLane, LanePath, noSuchLane } from './lane-path.ts';
import type { LanesNeeds } from './needs.ts';
import { LaneView, laneView } from './view.ts';

const Body = Type.Object(
  { reason: PlainText('Why, in a sentence; it stands in the lane’s history.', 500) },
  { ...closed, examples: [{ reason: 'stock taking until noon' }] },
);

/** Operators see and operate every lane: a lane belongs to the installation and to no consumer. */
const operate = (act: 'pause' | 'resume', summary: string, description: string) =>
  writeRoute<LanesNeeds>()({
    name: `${act}Lane`,
    method: 'POST',
    path: `/lanes/{lane}/${act}`,
    summary,
    description,
    access: { scope: 'lanes:operate' },
    params: LanePath,
    body: Body,
    remembers: 'gateway',
    answers: { ok: LaneView },
    problems: ['lane-not-paused'],
    handle: async ({ params, body, by, intent }, { laneDesk }) => {
      const before = await findLane(laneDesk, params.lane);
      if (before === undefined) return noSuchLane(params.lane);
      const what = act === 'pause' ? 'paused' : 'resumed';
      // The same request again, of which the first may have died on its way: done unless the lane's history knows of it.
      const isDone =
        intent.repeated &&
        (await laneDesk.laneHistory(params.lane)).some(
          (deed) => deed.what === what && deed.who === by && deed.because === body.reason,
        );
      if (!isDone) {
        if (act === 'resume' && before.paused === undefined) {
          return { problem: 'lane-not-paused', detail: `Lane ${params.lane} is not paused: nobody need resume it.` };
        }
        const change = act === 'pause' ? laneDesk.pauseLane : laneDesk.resumeLane;
        await change(params.lane, by, body.reason);
      }
      const after = (await findLane(laneDesk, params.lane)) ?? before;
      return {
        outcome: 'ok',
        body: laneView(after, await laneDesk.laneHistory(params.lane)),
        ...(intent.repeated ? { replayed: true } : {}),
      };
    },
  });

export const pauseLane = operate(
  'pause',
  'Pause a lane',
  'No node sends anything more to the system until the lane is resumed; calls under way end by themselves. What comes waits.',
);

export const resumeLane = operate(
  'resume',
  'Resume a paused lane',
  'What waits is sent, the most urgent first, within the budget. An open breaker stays open.',
);
