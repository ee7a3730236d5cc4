import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#model/kernel';
import { type Change, gather, type Hearing, type ToldChange } from './change.ts';

/**
 * Where changes come from: tells them until the signal aborts. Begun when the first listener comes and ended when the last has gone,
 * so that nobody looks for what nobody asks.
 */
export type ChangeSource<Topic extends string = string> = (
  tell: (change: Change<Topic>) => void,
  signal: AbortSignal,
) => void | Promise<void>;

export interface LiveNeeds<Topic extends string> {
  readonly sources: readonly ChangeSource<Topic>[];
  readonly clock: Clock;
  readonly log: (event: string, details: Readonly<Record<string, string>>) => void;
}

/** Tells listeners on this node what changes. */
export interface Live<Topic extends string = string> {
  /** What changes from now on, until the signal aborts; gathered, so that a topic is told a few times a second at most. */
  changes(signal: AbortSignal, hearing: Hearing<Topic>): AsyncIterable<ToldChange<Topic>>;
  /** How many listen. */
  listeners(): number;
  /** Ends every source; listeners end by their signals. */
  close(): void;
}

/** Opens the place where changes meet those who listen. */
export function createLive<Topic extends string>(
  { sources, clock, log }: LiveNeeds<Topic>,
  { quietMs = 300 } = {},
): Live<Topic> {
  const listeners = new Set<(change: Change<Topic>) => void>();
  let looking: AbortController | undefined;

  const tell = (change: Change<Topic>): void => {
    for (const listener of listeners) listener(change);
  };

  function look(): void {
    looking = new AbortController();
    const { signal } = looking;
    for (const source of sources) {
      // What begins late may not tell those who came after its time.
      const told = (change: Change<Topic>): void => {
        if (!signal.aborted) tell(change);
      };
      Promise.resolve()
        .then(() => source(told, signal))
        .catch((thrown: unknown) => log('live-source-failed', { message: String(thrown) }));
    }
  }

  function leave(listener: (change: Change<Topic>) => void): void {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    looking?.abort();
    looking = undefined;
  }

  async function* changes(signal: AbortSignal, hearing: Hearing<Topic>): AsyncGenerator<ToldChange<Topic>> {
    const gathered = gather(hearing);
    let next = Promise.withResolvers<void>();
    const wake = (): void => next.resolve();
    const listener = (change: Change<Topic>): void => {
      if (gathered.add(change)) wake();
    };
    signal.addEventListener('abort', wake);
    listeners.add(listener);
    if (looking === undefined) look();
    try {
      while (!signal.aborted) {
        await next.promise;
        if (signal.aborted) return;
        next = Promise.withResolvers();
        yield* gathered.take(clock.now());
        await wait(quietMs, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      signal.removeEventListener('abort', wake);
      leave(listener);
    }
  }

  return { changes, listeners: () => listeners.size, close: () => looking?.abort() };
}
