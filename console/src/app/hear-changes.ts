import type { Query, QueryClient } from '@tanstack/react-query';
import { meQuery } from '../client/me.ts';
import { askAnew } from './ask-anew.ts';
import { createGatherer, type Keys } from './gather.ts';
import { liveNow, setLive } from './live.ts';

/** The same topic is asked for anew no more often than this, ms. */
const pauseMs = 1_500;
/** A connection that the server refused is tried again after this, ms; others the browser tries by itself. */
const againMs = 5_000;
/** Who looks elsewhere for so long needs no connection, ms. A browser has six for each place without HTTP/2, for all its tabs together. */
const unseenMs = 30_000;
/** So often comes what no change tells: everything while nobody tells of changes, and long lists, ms. */
const roundMs = 30_000;
/** A list with more pages than this is long: each page is a call of its own. */
const longPages = 3;

/** Whether a query shows something of what changed: `[topic, 'one', key]` shows one thing, others of the topic show many. */
const shows = (topic: string, keys: Keys, { queryKey: [first, kind, key] }: Query): boolean =>
  first === topic && (kind !== 'one' || keys === 'all' || keys.has(String(key)));

const isLong = ({ state }: Query): boolean =>
  ((state.data as { pages?: readonly unknown[] } | undefined)?.pages?.length ?? 0) > longPages;

/**
 * Listens to what changes and has it asked again, while somebody looks. Answers what ends it.
 *
 * A query whose key begins with the topic (`['orders', …]`, `['cases', …]`) is asked anew when it is on the screen; one that begins with
 * `['orders', 'one', 'SO-1']` only when that one changed.
 */
export function hearChanges(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let leave: ReturnType<typeof setTimeout> | undefined;
  /** Long lists that a change has passed over. */
  const owed = new Set<Query>();
  const gather = createGatherer(
    (topic, keys) =>
      askAnew(queries, (query) => {
        if (!shows(topic, keys, query)) return false;
        if (isLong(query)) owed.add(query);
        return !isLong(query);
      }),
    () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
  );

  function close(): void {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  }
  function connect(): void {
    close();
    const opened = new EventSource('/api/live/v1/events');
    source = opened;
    opened.addEventListener('changed', ({ data }) => {
      const { topic, keys } = JSON.parse(data) as { topic: string; keys?: readonly string[] };
      gather(topic, keys);
    });
    opened.addEventListener('open', () => {
      setLive('connected');
      // Whatever happened while nobody listened is not told again.
      void askAnew(queries, () => true);
    });
    opened.addEventListener('error', () => {
      setLive(navigator.onLine ? 'reconnecting' : 'offline');
      if (opened.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(connect, againMs);
      // The source does not say why. A session that has ended leads to the sign-in page by this answer.
      void queries.refetchQueries({ queryKey: meQuery.queryKey }, { cancelRefetch: false });
    });
  }

  const round = setInterval(() => {
    const isAlone = source !== undefined && liveNow().state !== 'connected';
    const due = new Set(owed);
    owed.clear();
    if (isAlone || due.size > 0) void askAnew(queries, (query) => isAlone || due.has(query));
  }, roundMs);
  function look(): void {
    clearTimeout(leave);
    if (!document.hidden) {
      if (source === undefined) connect();
      return;
    }
    leave = setTimeout(() => {
      close();
      setLive('connecting');
    }, unseenMs);
  }
  const online = (): void => {
    if (source !== undefined) connect();
  };
  const offline = (): void => setLive('offline');
  addEventListener('online', online);
  addEventListener('offline', offline);
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    removeEventListener('online', online);
    removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', look);
    clearTimeout(leave);
    clearInterval(round);
    close();
  };
}
