import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';

const victim = fileURLToPath(new URL('testing/victim.ts', import.meta.url));

interface Booked {
  readonly what: string;
  readonly key: string;
}

describe('a process that is killed with SIGKILL', () => {
  let own: TestDatabase;
  let target: Server;
  let url: string;
  /** Outlives every node: what was really done. */
  const ledger: Booked[] = [];
  let knowsKeys = true;

  beforeAll(async () => {
    own = await testDatabase();
    target = createServer(async (request, answer) => {
      const { what, key } = JSON.parse(await text(request)) as Booked;
      const index = ledger.findIndex((booked) => booked.key === key);
      if (request.url === '/find') {
        answer.end(
          JSON.stringify(index < 0 ? { known: 'not-done' } : { known: 'done', answer: { reference: `r${index}` } }),
        );
        return;
      }
      if (index < 0 || !knowsKeys) ledger.push({ what, key });
      answer.end(JSON.stringify({ reference: `r${index < 0 ? ledger.length - 1 : index}` }));
    });
    target.listen(0, '127.0.0.1');
    await once(target, 'listening');
    url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    target.close();
    await own.drop();
  });

  async function life(...args: readonly string[]): Promise<{ readonly signal: string | null; readonly said: string }> {
    const child = spawn(process.execPath, [victim, own.url, url, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return { signal, said };
  }

  const points = ['before-batch', 'after-batch', 'before-send', 'after-send', 'after-settle'];

  test.each(['keyed', 'searchable'].flatMap((verbClass) => points.map((point) => ({ verbClass, point }))))(
    '$verbClass, at $point: the next process finishes with one effect of each',
    async ({ verbClass, point }) => {
      knowsKeys = verbClass === 'keyed';
      const key = `${verbClass}-${point}`;
      const first = await life(verbClass, key, point, '2');
      expect(first.signal).toBe('SIGKILL');
      const second = await life(verbClass, key);
      expect(JSON.parse(second.said)).toEqual({ ending: 'completed', chain: { intact: true } });
      const done = ledger.filter((booked) => booked.key.startsWith(`errand:${key}:`));
      expect(done.map(({ what }) => what)).toEqual(['booking', 'shipping', 'bill']);
    },
  );
});
