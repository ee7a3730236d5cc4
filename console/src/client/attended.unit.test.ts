import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAttended, watchHands } from './attended.ts';
import { client } from './client.ts';

let sent: Headers[];
beforeEach(() => {
  sent = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
    sent.push(new Headers(headers));
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a question is said to be nobody’s a minute after the last hand was laid on the page', async () => {
  const page = new EventTarget();
  watchHands(page);
  const ask = async () => {
    await client.GET('/api/lanes/v1/lanes');
    return sent.at(-1)?.has('x-unattended');
  };
  page.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(59_000);
  expect([isAttended(), await ask()]).toEqual([true, false]);
  vi.advanceTimersByTime(2_000);
  expect([isAttended(), await ask()]).toEqual([false, true]);
  page.dispatchEvent(new Event('pointerdown'));
  expect([isAttended(), await ask()]).toEqual([true, false]);
});
