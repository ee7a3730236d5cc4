import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readFileSync, write } from 'node:fs';
import { promisify } from 'node:util';
import type { Clock } from '#model/kernel';
import { systemClock } from '#model/kernel';

/** What a simulator says that it did; the ledger adds when and which system. */
export interface LedgerNote {
  /** Kebab-case, past tense, e.g. `opportunity-updated`. */
  readonly kind: string;
  readonly [member: string]: unknown;
}

export interface LedgerEntry extends LedgerNote {
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** `erp`, `crm`, `wms-NORTH` … */
  readonly system: string;
}

/** What was really done to a simulated system: append-only lines of JSON, each on disk before its `append` resolves. */
export interface Ledger {
  /** Resolves when the entry is on disk. Appends made while a write is under way share the next one. */
  append(note: LedgerNote): Promise<void>;
  /** Waits for what is under way, then closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

const writeAsync = promisify(write) as (descriptor: number, data: Buffer) => Promise<{ bytesWritten: number }>;
const syncAsync = promisify(fdatasync);

/** A line cut off by a crash was never acknowledged to anybody: it goes. */
function cutTornLine(descriptor: number, file: string): void {
  if (fstatSync(descriptor).size === 0) return;
  const content = readFileSync(file);
  const end = content.lastIndexOf(0x0a) + 1;
  if (end !== content.length) ftruncateSync(descriptor, end);
}

async function writeAll(descriptor: number, text: string): Promise<void> {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    const written = await writeAsync(descriptor, rest);
    rest = rest.subarray(written.bytesWritten);
  }
}

/** Opens (or goes on with) a ledger file. */
export function openLedger(file: string, system: string, clock: Clock = systemClock): Ledger {
  const descriptor = openSync(file, 'a+');
  cutTornLine(descriptor, file);
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;

  const flush = async (): Promise<void> => {
    // One turn of the event loop, so that appends of the same turn share the write.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeAll(descriptor, batch.map(({ line }) => line).join(''));
        await syncAsync(descriptor);
        for (const { resolve } of batch) resolve();
      } catch (thrown) {
        for (const { reject } of batch) reject(thrown);
      }
    }
    flushing = undefined;
  };

  return {
    append: (note) =>
      new Promise((resolve, reject) => {
        const line = `${JSON.stringify({ at: clock.now(), system, ...note })}\n`;
        waiting.push({ line, resolve, reject });
        flushing ??= flush();
      }),
    close: async () => {
      await flushing;
      closeSync(descriptor);
    },
  };
}

/** Reads the whole lines of a ledger file; a missing file is an empty ledger, a line still being written is left out. */
export function readLedger(file: string): readonly LedgerEntry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerEntry);
}
