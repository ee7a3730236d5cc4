import { useSyncExternalStore } from 'react';

/** How often ages on the screen move on, ms. */
const tickMs = 10_000;

let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    for (const tell of listeners) tell();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present, moved on every ten seconds for the whole screen at once. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);
