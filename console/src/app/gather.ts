/** What changed of one topic; `all`: more than can be named. */
export type Keys = ReadonlySet<string> | 'all';

interface Pending {
  keys: Set<string> | 'all' | undefined;
  isBusy: boolean;
}

/**
 * Gathers what changed and tells it by topic: at once, then not again before the last telling was dealt with and the pause is over. So a
 * busy day asks for the same list now and then and not a hundred times, and the last change is never forgotten.
 */
export function createGatherer(
  tell: (topic: string, keys: Keys) => Promise<unknown>,
  pause: () => Promise<unknown>,
): (topic: string, keys?: readonly string[]) => void {
  const topics = new Map<string, Pending>();

  async function deal(topic: string, pending: Pending): Promise<void> {
    pending.isBusy = true;
    while (pending.keys !== undefined) {
      const { keys } = pending;
      pending.keys = undefined;
      // What cannot be asked now shows its own error where it is shown.
      await tell(topic, keys).catch(() => undefined);
      await pause();
    }
    pending.isBusy = false;
  }

  return (topic, keys) => {
    const pending = topics.get(topic) ?? { keys: undefined, isBusy: false };
    topics.set(topic, pending);
    if (keys === undefined || pending.keys === 'all') pending.keys = 'all';
    else pending.keys = new Set([...(pending.keys ?? []), ...keys]);
    if (!pending.isBusy) void deal(topic, pending);
  };
}
