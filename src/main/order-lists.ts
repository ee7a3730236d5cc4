import type { OrderLists, ShutLane } from '#business/apis/orders/v1';
import type { Engine, Providers } from '#platform/engine/runtime';
import { createRunCounter, createRunReader, readDepartures } from '#platform/progress';
import type { Database } from '#platform/storage';
import type { CalendarParts } from './calendars.ts';
import { createLocalDays } from './local-days.ts';

export interface OrderListsParts {
  readonly database: Database;
  readonly engine: Pick<Engine, 'lanes'>;
  readonly providers: Providers;
  readonly configuration: CalendarParts & {
    readonly sites: readonly string[];
    readonly trucks?: Readonly<Record<string, string>>;
  };
}

type Lane = Awaited<ReturnType<Engine['lanes']>>[number];

/** Why nothing is sent on a lane; undefined: it is. */
function whyShut({ state, paused, breaker, maintenanceUntil: until }: Lane): ShutLane | undefined {
  if (state === 'paused') {
    return { because: `whose lane ${paused?.by ?? 'somebody'} has paused: ${paused?.because ?? ''}` };
  }
  if (state === 'breaker-open' || state === 'probing') {
    return { because: `which is down: ${breaker.state === 'closed' ? '' : breaker.because}` };
  }
  if (state !== 'maintenance') return undefined;
  return { because: 'which is in maintenance', ...(until === undefined ? {} : { until }) };
}

/** What the orders API tells lists, stages and trucks from. */
export function orderLists({ database, engine, providers, configuration }: OrderListsParts): OrderLists {
  return {
    runs: createRunReader(database),
    counts: createRunCounter(database),
    departures: (query) => readDepartures(database, query),
    days: createLocalDays(configuration),
    sites: configuration.sites,
    truckHours: configuration.trucks ?? {},
    shutLanes: async () => {
      const lanes = await engine.lanes();
      return new Map(
        lanes.flatMap((lane) => {
          const shut = whyShut(lane);
          return shut === undefined ? [] : [[lane.lane, shut] as const];
        }),
      );
    },
    systemOf: (capability, site, at) => {
      try {
        return providers.choose(capability, { site }, at).instance;
      } catch {
        // No rule names anybody for it.
        return undefined;
      }
    },
  };
}
