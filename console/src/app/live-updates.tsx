import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { createGatherer, type Keys } from './gather.ts';
import { setLive } from './live.ts';

/** The same topic is asked for anew no more often than this, ms. */
const pauseMs = 1_500;
/** A connection that the server refused is tried again after this, ms; others the browser tries by itself. */
const againMs = 5_000;

/** Whether a query shows something of what changed: `[topic, 'one', key]` shows one thing, others of the topic show many. */
const shows = (topic: string, keys: Keys) => (query: Query) => {
  const [first, kind, key] = query.queryKey;
  return first === topic && (kind !== 'one' || keys === 'all' || keys.has(String(key)));
};

/**
 * Listens to what changes and has it asked again: a query whose key begins with the topic (`['orders', …]`, `['cases', …]`) is asked anew
 * when it is on the screen; one that begins with `['orders', 'one', 'SO-1']` only when that one changed.
 */
export function LiveUpdates(): null {
  const queries = useQueryClient();
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gather = createGatherer(
      (topic, keys) => queries.invalidateQueries({ predicate: shows(topic, keys) }),
      () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
    );
    let wasOpen = false;

    function connect(): void {
      clearTimeout(timer);
      source?.close();
      source = new EventSource('/api/live/v1/events');
      source.addEventListener('changed', (event) => {
        const { topic, keys } = JSON.parse(event.data) as { topic: string; keys?: readonly string[] };
        gather(topic, keys);
      });
      source.addEventListener('open', () => {
        setLive('connected');
        // Whatever happened while nobody listened is not told again.
        if (wasOpen) void queries.invalidateQueries();
        wasOpen = true;
      });
      source.addEventListener('error', () => {
        setLive(navigator.onLine ? 'reconnecting' : 'offline');
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(connect, againMs);
      });
    }
    const offline = (): void => setLive('offline');
    addEventListener('online', connect);
    addEventListener('offline', offline);
    connect();
    return () => {
      removeEventListener('online', connect);
      removeEventListener('offline', offline);
      clearTimeout(timer);
      source?.close();
    };
  }, [queries]);
  return null;
}
