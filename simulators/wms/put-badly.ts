import type { Folders } from './folders.ts';
import type { Mishap } from './mishaps.ts';

interface Putting {
  readonly folders: Folders;
  readonly later: (ms: number, act: () => void) => void;
  readonly putWhole: (name: string, content: Buffer) => void;
  readonly halfWrittenMs: number;
}

const pieces = 12;
const pieceMs = 15;
const renames = 12;
const renameMs = 25;
const againMs = 300;

/** Puts a file as something goes wrong with files; answers false when nothing of the kind is asked for. */
export function putBadly(
  { folders, later, putWhole, halfWrittenMs }: Putting,
  name: string,
  content: Buffer,
  mishaps: readonly Mishap[],
): boolean {
  const half = content.subarray(0, Math.floor(content.length / 2));
  const asked = (mishap: Mishap): boolean => mishaps.includes(mishap);
  const grow = (end: number, step: number): void => {
    folders.grow(`out/${name}`, content.subarray(0, end));
    if (end < content.length) later(pieceMs, () => grow(Math.min(content.length, end + step), step));
  };
  const rename = (from: string, turn: number): void => {
    const to = `${String.fromCharCode(96 + turn)}-${name}`;
    // Whoever took it has it: there is nothing to rename any more.
    if (folders.rename(`out/${from}`, `out/${to}`) !== 'done' || turn === renames) return;
    later(renameMs, () => rename(to, turn + 1));
  };
  if (asked('never-finished')) folders.write(`out/${name}`, half);
  else if (asked('half-written')) {
    folders.write(`out/${name}`, half);
    // Whoever took the half file away has it; the writer starts the name anew.
    later(halfWrittenMs, () => folders.write(`out/${name}`, content));
  } else if (asked('growing')) {
    const step = Math.ceil(content.length / pieces);
    grow(step, step);
  } else if (asked('repeated')) {
    putWhole(name, content);
    putWhole(`copy-of-${name}`, content);
    later(againMs, () => putWhole(`again-${name}`, content));
  } else if (asked('renamed')) {
    putWhole(name, content);
    later(renameMs, () => rename(name, 1));
  } else return false;
  return true;
}
