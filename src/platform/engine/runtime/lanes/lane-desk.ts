import type { Clock, Instant } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { type Database, inTransaction } from '#platform/storage';
import { type Priority, priorities } from '../../effect.ts';
import { countUnowned, pauseLane, readLaneEvents, readLaneNodes, readLanes, resumeLane } from '../sql/lanes.ts';
import { shareOf } from './allotment.ts';
import { forecastOf } from './lane-forecast.ts';
import { createMaintenance } from './lane-maintenance.ts';
import type { StoredDemand } from './lane-readings.ts';
import type { LaneBudget, LaneEvent, LaneHistory, LaneState, LaneStatus } from './lane-status.ts';

/** What a person may see of the lanes and do to them; the whole installation's, whichever node is asked. */
export interface LaneDesk {
  /** Every lane as the whole installation has it, by name; what nodes say of themselves is a second old at most. */
  lanes(): Promise<readonly LaneStatus[]>;
  laneHistory(lane: string): Promise<readonly LaneHistory[]>;
  /**
   * Nothing more is sent on it, by no node, until it is resumed; calls under way end. Answers false for a lane that is not known. It
   * stands in the audit with the act itself, or neither does.
   */
  pauseLane(lane: string, by: string, because: string): Promise<boolean>;
  /** Answers false for a lane that is not known; one that is not paused stays as it is. */
  resumeLane(lane: string, by: string, because: string): Promise<boolean>;
}

interface LaneRow {
  readonly name: string;
  readonly concurrency: number;
  readonly perSecond: number | null;
  readonly portions: number;
  readonly shutSince: Instant | null;
  readonly shutBecause: string | null;
  readonly leftMs: number | null;
  readonly probe: string | null;
  readonly pausedAt: Instant | null;
  readonly pausedBy: string | null;
  readonly pausedBecause: string | null;
  readonly holders: readonly { readonly node: string; readonly numbers: readonly number[] }[];
}

interface NodeRow {
  readonly name: string;
  readonly lanes: Readonly<Record<string, StoredDemand>>;
}

interface Unowned {
  readonly lane: string;
  readonly priority: number;
  readonly count: number;
  readonly oldest: Instant;
}

const names = Object.entries(priorities).sort(([, one], [, other]) => one - other) as [Priority, number][];

function standing(row: LaneRow, maintenanceUntil: Instant | undefined): LaneState {
  if (row.pausedAt !== null) return 'paused';
  if (row.shutSince !== null) return row.probe === null ? 'breaker-open' : 'probing';
  return maintenanceUntil === undefined ? 'open' : 'maintenance';
}

function waitingOf(nodes: readonly StoredDemand[], unowned: readonly Unowned[]): LaneStatus['backlog'] {
  const byPriority = names.flatMap(([priority, urgency]) => {
    const inNodes = nodes.reduce((sum, { w }) => sum + (w[urgency] ?? 0), 0);
    const inDatabase = unowned.find((each) => each.priority === urgency)?.count ?? 0;
    return inNodes + inDatabase === 0 ? [] : [{ priority, count: inNodes + inDatabase }];
  });
  return { total: byPriority.reduce((sum, { count }) => sum + count, 0), byPriority };
}

function oldestOf(nodes: readonly StoredDemand[], unowned: readonly Unowned[], now: Instant): Instant | undefined {
  const inNodes = Math.max(0, ...nodes.map(({ o }) => o));
  const all = unowned.map(({ oldest }) => oldest);
  if (inNodes > 0) all.push(new Date(Date.parse(now) - inNodes).toISOString());
  return all.sort()[0];
}

function statusOf(
  row: LaneRow,
  nodes: readonly NodeRow[],
  unowned: readonly Unowned[],
  maintenanceUntil: Instant | undefined,
  now: Instant,
): LaneStatus {
  const { concurrency, perSecond } = row;
  const budget = perSecond === null ? { concurrency } : { concurrency, perSecond };
  const here = nodes.flatMap(({ lanes }) => lanes[row.name] ?? []);
  const state = standing(row, maintenanceUntil);
  const backlog = waitingOf(here, unowned);
  const oldest = oldestOf(here, unowned, now);
  const drainPerSecond = Math.round(here.reduce((sum, { r }) => sum + r, 0) * 100) / 100;
  const until = { ...(maintenanceUntil === undefined ? {} : { maintenanceUntil }) };
  return {
    lane: row.name,
    budget,
    holders: row.holders.map(({ node, numbers }) => ({
      node,
      slots: shareOf({ budget, count: row.portions }, numbers).slots,
      inFlight: nodes.find(({ name }) => name === node)?.lanes[row.name]?.f ?? 0,
    })),
    state,
    breaker:
      row.shutSince === null
        ? { state: 'closed' }
        : {
            state: row.probe === null ? 'open' : 'probing',
            since: row.shutSince,
            until: new Date(Date.parse(now) + (row.leftMs ?? 0)).toISOString(),
            because: row.shutBecause ?? '',
          },
    ...(row.pausedAt === null
      ? {}
      : { paused: { by: row.pausedBy ?? '', because: row.pausedBecause ?? '', at: row.pausedAt } }),
    ...until,
    backlog,
    ...(oldest === undefined || backlog.total === 0 ? {} : { oldest }),
    drainPerSecond,
    forecast: forecastOf({ state, budget, drainPerSecond, ...until }, backlog.total, now),
  };
}

export function createLaneDesk(needs: {
  readonly database: Database;
  readonly clock: Clock;
  /** The windows of a lane, as this node's configuration has them. */
  readonly budgetOf: (lane: string) => LaneBudget | undefined;
  /** It is to be read again, here and elsewhere. */
  readonly changed: () => void;
  readonly onLane: (event: LaneEvent) => void;
}): LaneDesk {
  const { pool } = needs.database;

  async function change(
    action: 'pause' | 'resume',
    statement: string,
    event: LaneEvent & { readonly by: string },
  ): Promise<boolean> {
    const { lane, by, because } = event;
    const { isKnown, isChanged } = await inTransaction(needs.database, async (client) => {
      const { rows } = await client.query<{ changed: boolean }>(statement, [lane, by, because]);
      const done = { isKnown: rows.length > 0, isChanged: rows[0]?.changed === true };
      // A second pause says why anew; a lane that is not paused has nothing to be resumed.
      if (done.isChanged || (done.isKnown && action === 'pause')) {
        const details = { reason: because };
        await recordAction(client, { target: `lane:${lane}`, action, by, at: needs.clock.now(), details });
      }
      return done;
    });
    needs.changed();
    if (isChanged) needs.onLane(event);
    return isKnown;
  }

  return {
    lanes: async () => {
      const [lanes, nodes] = await Promise.all([pool.query<LaneRow>(readLanes), pool.query<NodeRow>(readLaneNodes)]);
      const unowned = await pool.query<Unowned>(countUnowned, [lanes.rows.map(({ name }) => name)]);
      const now = needs.clock.now();
      return lanes.rows.map((row) => {
        const until = createMaintenance(needs.budgetOf(row.name)?.maintenance ?? [])(now);
        const waiting = unowned.rows.filter(({ lane }) => lane === row.name);
        return statusOf(row, nodes.rows, waiting, until, now);
      });
    },
    laneHistory: async (lane) => (await pool.query<LaneHistory>(readLaneEvents, [lane])).rows,
    pauseLane: (lane, by, because) => change('pause', pauseLane, { lane, what: 'paused', by, because }),
    resumeLane: (lane, by, because) => change('resume', resumeLane, { lane, what: 'resumed', by, because }),
  };
}
