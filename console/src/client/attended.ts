/** After so long without a hand nobody sits there, ms. */
const leftAfterMs = 60_000;

let lastHand = Date.now();
const touch = (): void => {
  lastHand = Date.now();
};

/** Notices every hand that is laid on the page. */
export function watchHands(page: EventTarget): void {
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
    page.addEventListener(kind, touch, { capture: true, passive: true });
}

/** Whether somebody used the page, or opened it, within a minute: only then what it asks counts as a use of the session. */
export const isAttended = (): boolean => Date.now() - lastHand < leftAfterMs;
