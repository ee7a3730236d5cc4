import { useSyncExternalStore } from 'react';

/** What one chose; `system` goes with the machine's own. */
export type Theme = 'system' | 'light' | 'dark';

/** Read by `public/theme.js` too, which sets it before anything is drawn. */
const storageKey = 'crossdock-theme';
const listeners = new Set<() => void>();
const system = matchMedia('(prefers-color-scheme: dark)');
system.addEventListener('change', () => tell());

function tell(): void {
  for (const listener of listeners) listener();
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** Chooses and remembers it in this browser. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(storageKey);
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(storageKey, theme);
  }
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is chosen. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, current);

/** What it comes to: for what cannot be drawn by style sheets. */
export const useScheme = (): 'light' | 'dark' =>
  useSyncExternalStore(subscribe, () => {
    const theme = current();
    if (theme !== 'system') return theme;
    return system.matches ? 'dark' : 'light';
  });
