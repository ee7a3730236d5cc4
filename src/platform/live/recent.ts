import { setTimeout as wait } from 'node:timers/promises';
import { plusMilliseconds } from '#model/kernel';
import type { Change } from './change.ts';
import type { ChangeSource } from './create-live.ts';

/** Something that happened to a thing; `id` names this happening among those of `overlapMs`. */
export interface Happening<Topic extends string> extends Change<Topic> {
  readonly id: string;
}

export interface RecentOptions {
  readonly everyMs: number;
  /** Nodes' clocks differ, and a transaction is seen later than the moment in it: so far back is looked again. */
  readonly overlapMs: number;
  readonly now: () => string;
}

/**
 * A source for what is written down with its moment: asks every `everyMs` for what happened since shortly before it asked last, and
 * tells what it has not told. A question that fails is asked again, from the same moment on.
 */
export const askForRecent =
  <Topic extends string>(
    ask: (since: string) => Promise<readonly Happening<Topic>[]>,
    { everyMs, overlapMs, now }: RecentOptions,
  ): ChangeSource<Topic> =>
  async (tell, signal) => {
    let asked = now();
    let told: ReadonlySet<string> | undefined;
    while (!signal.aborted) {
      const at = now();
      const happened = await ask(plusMilliseconds(asked, -overlapMs)).catch(() => undefined);
      if (happened !== undefined) {
        // What had happened before anybody listened is old.
        if (told !== undefined) for (const each of happened) if (!told.has(each.id)) tell(each);
        told = new Set(happened.map(({ id }) => id));
        asked = at;
      }
      await wait(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
