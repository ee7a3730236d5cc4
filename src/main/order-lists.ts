import type { OrderLists } from '#business/apis/orders/v1';
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
function shutBecause({ state, paused, breaker, maintenanceUntil }: Lane): string | undefined {
  if (state === 'paused') return `whose lane ${paused?.by ?? 'somebody'} has paused: ${paused?.because ?? ''}`;
  if (state === 'breaker-open' || state === 'probing') {
    return `which is down: ${breaker.state === 'closed' ? '' : breaker.because}`;
  }
  return state === 'maintenance' ? `which is in maintenance until ${maintenanceUntil ?? 'later'}` : undefined;
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
          const because = shutBecause(lane);
          return because === undefined ? [] : [[lane.lane, because] as const];
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
