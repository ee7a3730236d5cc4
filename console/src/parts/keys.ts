import { useEffect, useRef } from 'react';

/** What a key does. `j` or `g o` (one after the other) or `Mod+Enter` (with Control, or Command on a Mac). */
export interface KeyDeed {
  readonly keys: string;
  /** In a few words, for the list of keys. */
  readonly does: string;
  /** Absent: the key works by itself where the focus is, and only stands in the list of keys. */
  readonly act?: (event: KeyboardEvent) => void;
}

const held = new Set<readonly KeyDeed[]>();
let before = '';
let beforeAt = 0;

/** All keys that do something now. */
export const keysNow = (): readonly KeyDeed[] => [...held].flat();

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** How a pressed key is written in a `KeyDeed`. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): string {
  return `${event.ctrlKey || event.metaKey ? 'Mod+' : ''}${event.key}`;
}

function press(event: KeyboardEvent): void {
  const key = keyOf(event);
  const isCommand = key.startsWith('Mod+');
  if (event.altKey || event.defaultPrevented || event.isComposing) return;
  if (!isCommand && (isWriting(event.target) || document.querySelector('dialog[open]') !== null)) return;
  // A second key counts with the first for a second and a half.
  const both = event.timeStamp - beforeAt < 1_500 ? `${before} ${key}` : key;
  before = key;
  beforeAt = event.timeStamp;
  const deeds = keysNow().toReversed();
  const deed =
    deeds.find(({ keys, act }) => keys === both && act) ?? deeds.find(({ keys, act }) => keys === key && act);
  if (deed?.act === undefined) return;
  before = '';
  event.preventDefault();
  deed.act(event);
}

/** Lets keys do something while this is on the screen. Nothing happens while somebody writes or a dialog is open. */
export function useKeys(deeds: readonly KeyDeed[]): void {
  const latest = useRef(deeds);
  latest.current = deeds;
  const names = deeds.map(({ keys, does }) => `${keys} ${does}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered anew when the keys are others, not when their functions are.
  useEffect(() => {
    const mine = latest.current.map((deed, at): KeyDeed => {
      const { keys, does, act } = deed;
      return act === undefined ? deed : { keys, does, act: (event) => latest.current[at]?.act?.(event) };
    });
    if (held.size === 0) document.addEventListener('keydown', press);
    held.add(mine);
    return () => {
      held.delete(mine);
      if (held.size === 0) document.removeEventListener('keydown', press);
    };
  }, [names]);
}
