import { open } from 'node:fs/promises';
import type { LedgerEntry } from '../../simulators/kit/index.ts';

/** Follows a ledger while it grows. */
export interface LedgerTail {
  /** Resolves with the first entry, past or future, that matches; undefined when there is none in time. */
  waitFor(matches: (entry: LedgerEntry) => boolean, timeoutMs: number): Promise<LedgerEntry | undefined>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly matches: (entry: LedgerEntry) => boolean;
  readonly resolve: (entry: LedgerEntry | undefined) => void;
}

/** Reads what was appended to a ledger file, every `everyMs`; only whole lines count. */
export function followLedger(file: string, everyMs = 100): LedgerTail {
  const entries: LedgerEntry[] = [];
  const waiting = new Set<Waiting>();
  let offset = 0;
  let torn = Buffer.alloc(0);

  async function read(): Promise<void> {
    const handle = await open(file, 'r').catch(() => undefined);
    if (handle === undefined) return;
    try {
      const { size } = await handle.stat();
      if (size <= offset) return;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - offset), 0, size - offset, offset);
      offset += bytesRead;
      const bytes = Buffer.concat([torn, buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(0x0a) + 1;
      torn = bytes.subarray(end);
      for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
        if (line !== '') take(JSON.parse(line) as LedgerEntry);
      }
    } finally {
      await handle.close();
    }
  }

  function take(entry: LedgerEntry): void {
    entries.push(entry);
    for (const waiter of waiting) if (waiter.matches(entry)) waiter.resolve(entry);
  }

  let reading = Promise.resolve();
  const timer = setInterval(() => {
    reading = reading.then(read);
  }, everyMs);

  return {
    waitFor: (matches, timeoutMs) => {
      const known = entries.find(matches);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => {
        const settle = (entry: LedgerEntry | undefined): void => {
          clearTimeout(timeout);
          waiting.delete(waiter);
          resolve(entry);
        };
        const waiter: Waiting = { matches, resolve: settle };
        const timeout = setTimeout(() => settle(undefined), timeoutMs);
        waiting.add(waiter);
      });
    },
    stop: async () => {
      clearInterval(timer);
      await reading;
      for (const waiter of waiting) waiter.resolve(undefined);
    },
  };
}
