import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = fileURLToPath(new URL('./fsync-shim.c', import.meta.url));

/** A library that counts, and may slow down, the fsyncs of whatever it is preloaded into. */
export interface FsyncShim {
  /** Runs `start` so that the process which it starts is preloaded, every fsync `delayMs` slower. */
  preloading<Value>(delayMs: number, start: () => Promise<Value>): Promise<Value>;
  /** Fsyncs so far. */
  count(): Promise<number>;
}

/** Compiles the shim into `directory`; undefined when this machine has no C compiler, or is not Linux. */
export async function compileFsyncShim(directory: string): Promise<FsyncShim | undefined> {
  if (process.platform !== 'linux') return undefined;
  const library = join(directory, 'fsync-shim.so');
  const counter = join(directory, 'fsync-count');
  try {
    await run('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  } catch {
    return undefined;
  }
  await writeFile(counter, Buffer.alloc(8));
  // The server's own user reads the one and writes the other.
  await Promise.all([chmod(library, 0o755), chmod(counter, 0o666)]);
  return {
    preloading: async (delayMs, start) => {
      const names = {
        LD_PRELOAD: library,
        BENCH_FSYNC_DELAY_US: String(Math.round(delayMs * 1_000)),
        BENCH_FSYNC_COUNT_FILE: counter,
      };
      Object.assign(process.env, names);
      try {
        return await start();
      } finally {
        for (const name of Object.keys(names)) delete process.env[name];
      }
    },
    count: async () => Number((await readFile(counter)).readBigUInt64LE()),
  };
}
