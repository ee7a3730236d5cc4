import { useSyncExternalStore } from 'react';

/** Whether what is on the screen is told of changes as they happen. */
export interface Live {
  readonly state: 'connecting' | 'connected' | 'reconnecting' | 'offline';
  /** RFC 3339. */
  readonly since: string;
}

let live: Live = { state: 'connecting', since: new Date().toISOString() };
const listeners = new Set<() => void>();

/** Says how it stands with the connection; `since` stays while it is the same. */
export function setLive(state: Live['state']): void {
  if (state === live.state) return;
  live = { state, since: new Date().toISOString() };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How it stands with the connection now. */
export const liveNow = (): Live => live;
/** How it stands with the connection, drawn anew when it changes. */
export const useLive = (): Live => useSyncExternalStore(subscribe, liveNow);
