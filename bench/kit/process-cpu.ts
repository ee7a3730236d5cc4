import { readdir, readFile } from 'node:fs/promises';

/** Linux tells processor time in hundredths of a second. */
const tickMs = 10;

interface Stat {
  readonly parent: number;
  /** Its own. */
  readonly ownMs: number;
  /** Of its children that have ended. */
  readonly endedMs: number;
}

/** Reads `/proc/<pid>/stat`; the name in it may hold anything, so what counts begins after its closing bracket. */
export function parseStat(text: string): Stat {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (field: number): number => fields[field - 3] ?? 0;
  return { parent: at(4), ownMs: (at(14) + at(15)) * tickMs, endedMs: (at(16) + at(17)) * tickMs };
}

const stat = (pid: number): Promise<Stat | undefined> =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(parseStat, () => undefined);

/** The process that started this one; undefined where `/proc` is not. */
export const parentOf = async (pid: number): Promise<number | undefined> => (await stat(pid))?.parent;

/** Processor time of a process and all that it started itself, ended ones included, ms. */
export async function familyCpuMs(pid: number): Promise<number> {
  const all = (await readdir('/proc')).map(Number).filter((candidate) => candidate > 0);
  const stats = await Promise.all(all.map(async (candidate) => ({ candidate, seen: await stat(candidate) })));
  let total = 0;
  for (const { candidate, seen } of stats) {
    if (seen === undefined) continue;
    if (candidate === pid) total += seen.ownMs + seen.endedMs;
    else if (seen.parent === pid) total += seen.ownMs;
  }
  return total;
}
