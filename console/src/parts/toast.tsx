import './toast.css';
import { useSyncExternalStore } from 'react';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number): void => change(toasts.filter((toast) => toast.id !== id));

/** Says in passing that something was done: `toast('Lane erp-main is paused')`. What went wrong belongs where it went wrong. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = ++last;
  change([...toasts.slice(-2), { id, text, tone }]);
  setTimeout(() => dismiss(id), tone === 'good' ? 5_000 : 12_000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where passing news is shown; stands once in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <button key={id} type="button" className={`toast ${tone}`} title="Dismiss" onClick={() => dismiss(id)}>
          {text}
        </button>
      ))}
    </div>
  );
}
