import { type Static, Type } from 'typebox';
import { closed, InstantText, PlainText } from '#model/canonical';
import type { LaneDeed, ToldLane } from './needs.ts';

const Count = Type.Integer({ minimum: 0 });
const Rate = Type.Number({ minimum: 0 });
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  Type.Unsafe<Names[number]>({ type: 'string', enum: [...names] });

const Budget = Type.Object(
  {
    concurrency: Type.Integer({ minimum: 1, description: 'Calls under way at once.' }),
    perSecond: Type.Optional(Type.Number({ description: 'Calls a second; absent: no limit.' })),
  },
  { ...closed, description: 'What the whole installation may ask of the system.' },
);

const Holder = Type.Object(
  { node: PlainText('The node.', 200), slots: Count, inFlight: Count },
  { ...closed, description: 'How many of the calls a node may have under way, and how many it has.' },
);

const Breaker = Type.Union([
  Type.Object({ state: Type.Literal('closed') }, closed),
  Type.Object(
    {
      state: oneOf(['open', 'probing']),
      since: InstantText,
      until: Type.String({
        description: 'Until when nothing is tried; in the past when it waits for a call to try with.',
      }),
      because: Type.String(),
    },
    closed,
  ),
]);

const Forecast = Type.Union([
  Type.Object(
    { known: Type.Literal(true), clearsAt: InstantText, seconds: Count, basis: Type.String() },
    { ...closed, description: 'When the backlog is gone if nothing more comes.' },
  ),
  Type.Object(
    { known: Type.Literal(false), because: Type.String() },
    { ...closed, description: 'Why nobody can say.' },
  ),
]);

const Deed = Type.Object(
  {
    what: oneOf(['opened', 'closed', 'paused', 'resumed']),
    at: InstantText,
    who: Type.String({ description: 'The consumer, or the node whose call found out.' }),
    because: Type.Optional(Type.String()),
  },
  closed,
);

const told = {
  lane: PlainText('The lane: the name of the outside system in the configuration.', 40),
  budget: Budget,
  holders: Type.Array(Holder),
  state: oneOf(['open', 'breaker-open', 'probing', 'paused', 'maintenance']),
  breaker: Breaker,
  paused: Type.Optional(Type.Object({ by: Type.String(), because: Type.String(), at: InstantText }, closed)),
  maintenanceUntil: Type.Optional(InstantText),
  backlog: Type.Object(
    {
      total: Count,
      byPriority: Type.Array(
        Type.Object(
          { priority: oneOf(['urgent', 'release', 'normal', 'inventory', 'backfill']), count: Count },
          closed,
        ),
      ),
    },
    { ...closed, description: 'What waits to be sent, the most urgent first.' },
  ),
  oldest: Type.Optional(InstantText),
  drainPerSecond: Rate,
  forecast: Forecast,
};

export const LaneSummary = Type.Object(told, closed);
export type LaneSummary = Static<typeof LaneSummary>;

export const LaneView = Type.Object(
  { ...told, history: Type.Array(Deed, { description: 'The last twenty, newest first.' }) },
  closed,
);
export type LaneView = Static<typeof LaneView>;

/** A lane as its callers see it. */
export const laneSummary = (lane: ToldLane): LaneSummary => ({
  ...lane,
  holders: [...lane.holders],
  backlog: { ...lane.backlog, byPriority: [...lane.backlog.byPriority] },
});

export const laneView = (lane: ToldLane, history: readonly LaneDeed[]): LaneView => ({
  ...laneSummary(lane),
  history: history.map(({ because, ...deed }) => ({ ...deed, ...(because === null ? {} : { because }) })),
});
