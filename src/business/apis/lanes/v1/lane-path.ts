import { Type } from 'typebox';
import { closed } from '#model/canonical';
import type { LanesNeeds, ToldLane } from './needs.ts';

export const LanePath = Type.Object(
  {
    lane: Type.String({
      pattern: '^[a-z][a-z0-9-]{0,39}$',
      description: 'The lane: the name of the outside system in the configuration, e.g. `erp-main`.',
    }),
  },
  closed,
);

export const findLane = async (desk: LanesNeeds['laneDesk'], name: string): Promise<ToldLane | undefined> =>
  (await desk.lanes()).find(({ lane }) => lane === name);

export const noSuchLane = (lane: string) => ({
  problem: 'not-found',
  detail: `There is no lane ${lane}: lanes have the names of the systems in the configuration.`,
});
