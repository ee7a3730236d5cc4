import type { CrashPlan } from '../../test/index.ts';
import { crashName } from './crash.ts';
import { journeys } from './crash-journeys.ts';
import type { Revival, Stage } from './scenario.ts';
import { hearts, lanterns } from './world.ts';

/** Every effect that can be interrupted here. */
export const allEffects = journeys.flatMap(({ effects }) => effects);

/** Those that the ERP does. */
export const erpEffects = ['check-customer', 'check-prices', 'book-in-erp', 'issue-goods', 'post-invoice'] as const;

/** So many of the list, chosen by the seed. */
export function sample<Item>(stage: Pick<Stage, 'random'>, list: readonly Item[], count: number): readonly Item[] {
  const left = [...list];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(stage.random() * left.length), 1),
  ).flat();
}

/** Every third death is left to a peer, who takes over. */
export const someRevival = (stage: Pick<Stage, 'random'>): Revival =>
  stage.random() < 0.3 ? 'after lease' : 'at once';

/** For each plan something goes all the way that passes it, and a node dies of it. */
export async function crashAtEach(stage: Stage, plans: readonly CrashPlan[]): Promise<void> {
  const [usual] = journeys;
  for (const plan of plans) {
    const journey = journeys.find(({ effects }) => effects.includes(plan.effect ?? '')) ?? usual;
    const died = await stage.crash(plan, async () => journey?.travel(stage), someRevival(stage));
    stage.must(`a node dies of ${crashName(plan)}`, died);
  }
}

const mostCommits = 60;

/** The first passing of the point, the second … until an order gets through before it is reached. */
export async function crashAtEveryPassing(stage: Stage, point: string): Promise<void> {
  for (let nth = 1; nth <= mostCommits; nth += 1) {
    const plan = { point, nth };
    const travel = async (): Promise<void> => stage.atRest([await stage.submit([hearts(3)])]);
    if (!(await stage.crash(plan, travel))) {
      // It was never reached: the end of the list and no failed plan.
      stage.faults.withdraw(crashName(plan));
      return;
    }
  }
  stage.must(`an order passes ${point} less than ${mostCommits} times`, false);
}

/** Deaths by the seed's choice in the middle of several orders, some from two warehouses. */
export async function crashAtRandom(stage: Stage, points: readonly string[], deaths: number): Promise<void> {
  for (let turn = 0; turn < deaths; turn += 1) {
    const point = points[Math.floor(stage.random() * points.length)] ?? '';
    const plan = { point, nth: 1 + Math.floor(stage.random() * 20) };
    const travel = async (): Promise<void> => {
      const numbers = await stage.submitMany(6, (place) => (place % 3 === 0 ? [hearts(1), lanterns(1)] : [hearts(2)]));
      await stage.atRest(numbers);
    };
    const died = await stage.crash(plan, travel, someRevival(stage));
    stage.must(`a node dies of ${crashName(plan)} in the middle of six orders`, died);
  }
}
