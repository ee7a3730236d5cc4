import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { oneIntent } from './one-intent.ts';

const keys: (string | null)[] = [];
let isLost = false;
beforeEach(() => {
  keys.length = 0;
  isLost = false;
  vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
    keys.push(new Headers(headers).get('idempotency-key'));
    if (isLost) throw new TypeError('Failed to fetch');
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  });
});
afterEach(() => vi.unstubAllGlobals());

const pause = (client: ReturnType<typeof oneIntent>, lane: string, reason: string) =>
  client.POST('/api/lanes/v1/lanes/{lane}/pause', { params: { path: { lane } }, body: { reason } });

test('what is sent again after a lost answer bears the key that it bore before', async () => {
  const intent = oneIntent();
  isLost = true;
  await expect(pause(intent, 'erp', 'stock taking')).rejects.toThrow('Failed to fetch');
  isLost = false;
  await pause(intent, 'erp', 'stock taking');
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
});

test('what is sent otherwise, or elsewhere, or in another intent, bears another key', async () => {
  const intent = oneIntent();
  await pause(intent, 'erp', 'stock taking');
  await pause(intent, 'erp', 'an upgrade');
  await pause(intent, 'crm', 'stock taking');
  await pause(oneIntent(), 'erp', 'stock taking');
  expect(new Set(keys).size).toBe(4);
});
