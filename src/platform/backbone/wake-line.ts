import { type Database, openNoticeLine } from '#platform/storage';

/** Tells readers on every node that there is something new. A wake-up may be lost; slow polling stands behind it. */
export interface WakeLine {
  /** There is something new. Many calls within a moment make one notice. */
  wake(): void;
  /** Answers how to stop listening. */
  listen(listener: () => void): () => void;
  close(): Promise<void>;
}

const quietMs = 50;

/** Opens it; notices go out after the commit. */
export function createWakeLine(
  database: Database,
  log: (event: string, details: Readonly<Record<string, string>>) => void,
): WakeLine {
  const listeners = new Set<() => void>();
  let isClosed = false;
  let quiet: NodeJS.Timeout | undefined;
  let isAsked = false;
  let isQuiet = false;

  const tellHere = (): void => {
    for (const listener of listeners) listener();
  };
  const line = openNoticeLine({
    database,
    channel: 'crossdock_facts',
    heard: tellHere,
    notConnected: (message) => log('wake-line-not-connected', { message }),
  });

  /** One at a time: a slow database would have them wait in a row, all saying the same. */
  async function notify(): Promise<void> {
    isAsked = false;
    isQuiet = true;
    await line.tell('');
    if (isClosed) return;
    quiet = setTimeout(() => {
      isQuiet = false;
      if (isAsked) void notify();
    }, quietMs);
  }

  return {
    wake: () => {
      tellHere();
      if (isQuiet) isAsked = true;
      else void notify();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(quiet);
      await line.close();
    },
  };
}
