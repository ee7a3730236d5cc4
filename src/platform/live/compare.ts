import { setTimeout as wait } from 'node:timers/promises';
import type { ChangedThing } from './change.ts';
import type { ChangeSource } from './create-live.ts';

/** A thing as it is now. */
export interface Look extends ChangedThing {
  /** What shows of it, as a text that differs when that differs. */
  readonly shows: string;
}

const byKey = (looks: readonly Look[]): ReadonlyMap<string, Look> => new Map(looks.map((look) => [look.key, look]));

function differing(before: readonly Look[], now: readonly Look[]): readonly ChangedThing[] {
  const [old, young] = [byKey(before), byKey(now)];
  return [...new Map([...old, ...young]).values()]
    .filter(({ key }) => old.get(key)?.shows !== young.get(key)?.shows)
    .map(({ key, sites }) => ({ key, ...(sites === undefined ? {} : { sites }) }));
}

/**
 * A source for what nobody tells: looks every `everyMs`, and tells what is not as it was. A look that fails is passed over; the
 * next one sees what has become of it.
 */
export const compareLooks =
  <Topic extends string>(topic: Topic, look: () => Promise<readonly Look[]>, everyMs: number): ChangeSource<Topic> =>
  async (tell, signal) => {
    let before: readonly Look[] | undefined;
    while (!signal.aborted) {
      const now = await look().catch(() => undefined);
      const things = before === undefined || now === undefined ? [] : differing(before, now);
      if (things.length > 0) tell({ topic, things });
      before = now ?? before;
      await wait(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
