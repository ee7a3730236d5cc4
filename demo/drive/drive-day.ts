import type { Plan } from '../plan/plan.ts';
import type { Observed } from './observed.ts';
import { scriptsOf } from './scripts.ts';
import { createStories, type StoryNeeds, type StoryOptions } from './story.ts';

export interface DriveOptions extends StoryOptions {
  /** Orders that are under way at once. Default 24. */
  readonly atOnce?: number;
  /** Told after each story, for the display. */
  readonly onTold?: (observed: Observed) => void;
}

/** Drives the day: every order in turn, so many at once. Answers what was seen, in the order of the plan. */
export async function driveDay(plan: Plan, needs: StoryNeeds, options: DriveOptions): Promise<readonly Observed[]> {
  const { atOnce = 24, onTold } = options;
  const stories = createStories(needs, options);
  await stories.script(plan.orders.flatMap(scriptsOf));
  const told: (readonly Observed[])[] = [];
  const waiting = plan.orders.entries();
  const work = async (): Promise<void> => {
    for (const [at, order] of waiting) {
      const observed = await stories.tell(order);
      told[at] = observed;
      for (const each of observed) onTold?.(each);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return told.flat();
}
