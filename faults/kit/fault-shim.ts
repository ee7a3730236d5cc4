import { execFile, execFileSync } from 'node:child_process';
import { chmod, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = fileURLToPath(new URL('./fault-shim.c', import.meta.url));
/** The members of the page, 8 bytes each, as the source lays them out. */
const places = ['clockAheadMs', 'fsyncDelayMs', 'fsyncsToFail', 'fsyncsFailed', 'fsyncsDelayed'] as const;
type Member = (typeof places)[number];
const memberBytes = 8;

/** What a process with the shim sees: another time of day, and a disk that is slow or fails. */
export interface FaultShim {
  /** What the process has to be started with. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on its time of day is so far ahead, ms; negative: behind. Its monotonic clock is left alone. */
  setClock(aheadMs: number): Promise<void>;
  /** From now on each fsync takes so much longer. */
  delayFsyncs(milliseconds: number): Promise<void>;
  /** The next ones answer EIO and write nothing. */
  failFsyncs(count: number): Promise<void>;
  /** How many failed, and how many were delayed. */
  seen(): Promise<{ readonly failed: number; readonly delayed: number }>;
}

/** Why there can be no shim here; undefined when there can. */
export function shimNotHere(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux preloads a library as this needs it';
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no C compiler (cc) for the library that is preloaded';
  }
}

/** Compiles the library into `directory`. */
export async function compileFaultShim(directory: string): Promise<string> {
  const library = join(directory, 'fault-shim.so');
  await run('cc', ['-O2', '-Wall', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  await chmod(library, 0o755);
  return library;
}

/** A shim for one process and its children, which is told by the file `page`. */
export async function createFaultShim(library: string, page: string): Promise<FaultShim> {
  await writeFile(page, Buffer.alloc(places.length * memberBytes));
  // Whatever user the process runs as writes there what it has seen.
  await chmod(page, 0o666);
  const at = (member: Member): number => places.indexOf(member) * memberBytes;
  async function set(member: Member, value: number): Promise<void> {
    const bytes = Buffer.alloc(memberBytes);
    bytes.writeBigInt64LE(BigInt(Math.round(value)));
    const file = await open(page, 'r+');
    try {
      await file.write(bytes, 0, memberBytes, at(member));
    } finally {
      await file.close();
    }
  }
  async function get(member: Member): Promise<number> {
    const file = await open(page, 'r');
    try {
      const { buffer } = await file.read(Buffer.alloc(memberBytes), 0, memberBytes, at(member));
      return Number(buffer.readBigInt64LE());
    } finally {
      await file.close();
    }
  }
  return {
    env: { LD_PRELOAD: library, CROSSDOCK_FAULT_SHIM: page },
    setClock: (aheadMs) => set('clockAheadMs', aheadMs),
    delayFsyncs: (milliseconds) => set('fsyncDelayMs', milliseconds),
    failFsyncs: (count) => set('fsyncsToFail', count),
    seen: async () => ({ failed: await get('fsyncsFailed'), delayed: await get('fsyncsDelayed') }),
  };
}
