import { fulfilment, orderToCash } from '#business/flows';
import type { Table } from '#platform/engine';
import type { OrderLists } from './needs.ts';

/** States of a fulfilment in which its goods wait to leave. One that is being stopped waits for nothing. */
export const waitingParts = ['releasing', 'unacknowledged', 'released', 'refused'] as const;
/** What a fulfilment comes to when goods leave. */
export const hasLeft = 'issuing';
/** States of an order in which it has no fulfilment yet. */
export const beforeParts = ['checking', 'held', 'reserving', 'awaiting-stock', 'booking'] as const;
const firstPart = 'releasing';

/** A state in which nothing goes on at a warehouse, and why. */
export interface Shut {
  readonly site: string;
  readonly flow: string;
  readonly state: string;
  readonly because: string;
  /** When that is expected to be over. */
  readonly until?: string;
}

const capabilitiesOf = (table: Table, state: string): readonly string[] =>
  (table.states[state]?.run ?? []).map(({ uses }) => uses.name);

/** The states at each warehouse that ask something of a system on whose lane nothing is sent; and `held`, which asks a person. */
export async function shutStates(
  { shutLanes, systemOf }: Pick<OrderLists, 'shutLanes' | 'systemOf'>,
  sites: readonly string[],
  now: string,
): Promise<readonly Shut[]> {
  const lanes = await shutLanes();
  const states = [
    ...waitingParts.map((state) => ({ table: fulfilment.table, state })),
    ...beforeParts.map((state) => ({ table: orderToCash.table, state })),
  ];
  return sites.flatMap((site) =>
    states.flatMap(({ table, state }) => {
      const place = { site, flow: table.name, state };
      if (state === 'held') return [{ ...place, because: 'It is held: somebody must decide.' }];
      for (const capability of capabilitiesOf(table, state)) {
        const system = lanes.size === 0 ? undefined : systemOf(capability, site, now);
        const lane = system === undefined ? undefined : lanes.get(system);
        if (lane !== undefined) return [{ ...place, ...lane, because: `It waits for ${system}, ${lane.because}.` }];
      }
      return [];
    }),
  );
}

/** How long it usually is from coming to a state until goods leave, s: of an order, until its fulfilments begin and then until they leave. */
export async function usualTimes({ counts }: Pick<OrderLists, 'counts'>, since: string) {
  const [parts, orders] = await Promise.all([
    counts.usualTimesTo(fulfilment.name, waitingParts, hasLeft, since),
    counts.usualTimesTo(orderToCash.name, beforeParts, 'fulfilling', since),
  ]);
  const part = parts.get(firstPart);
  return [
    ...[...parts].map(([state, seconds]) => ({ flow: fulfilment.name, state, seconds })),
    ...(part === undefined
      ? []
      : [...orders].map(([state, seconds]) => ({ flow: orderToCash.name, state, seconds: seconds + part }))),
  ];
}
