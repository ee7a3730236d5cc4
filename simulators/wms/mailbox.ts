import type { WarehouseDials } from './dials.ts';
import type { Folders } from './folders.ts';
import { type Line, type Sides, wrap } from './x12.ts';

/** The way out: each document becomes a file in `out`, in the weather that the dials make. */
export interface Mailbox {
  send(set: '945' | '997', body: readonly Line[], sides: Sides): void;
  stop(): void;
}

export interface MailboxNeeds {
  readonly folders: Folders;
  readonly dials: () => WarehouseDials;
  /** Seeded, 0 to 1. */
  readonly random: () => number;
  readonly now: () => Date;
}

const functionalIdentifier = { '945': 'SW', '997': 'FA' };

/** Makes the way out. */
export function createMailbox({ folders, dials, random, now }: MailboxNeeds): Mailbox {
  const timers = new Set<NodeJS.Timeout>();
  let control = 0;

  const later = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const putWhole = (name: string, content: Buffer) => {
    folders.write(`out/${name}.tmp`, content);
    folders.rename(`out/${name}.tmp`, `out/${name}`);
  };
  const putGrowing = (name: string, content: Buffer, ms: number) => {
    folders.write(`out/${name}`, content.subarray(0, Math.floor(content.length / 2)));
    // Whoever took the half file away has it; the writer starts the name anew.
    later(ms, () => folders.write(`out/${name}`, content));
  };
  const put = (name: string, content: Buffer) => {
    const { halfWrittenRate, halfWrittenMs, garbageRate } = dials();
    const [half, garbage] = [random() < halfWrittenRate, random() < garbageRate];
    if (garbage) putWhole(`garbage-${name}`, Buffer.from(`%PDF-1.4 this is no interchange ${name}\0\n`));
    if (half) putGrowing(name, content, halfWrittenMs);
    else putWhole(name, content);
  };
  const write = (set: '945' | '997', body: readonly Line[], sides: Sides) => {
    control += 1;
    const text = wrap(set, functionalIdentifier[set], body, control, sides, now());
    put(`${String(control).padStart(9, '0')}-${set}.edi`, Buffer.from(text));
  };

  return {
    send: (set, body, sides) => {
      const { reorderRate, reorderMs, duplicateRate } = dials();
      const [held, twice] = [random() < reorderRate, random() < duplicateRate];
      const sendAll = () => {
        write(set, body, sides);
        if (set === '945' && twice) write(set, body, sides);
      };
      if (held) later(reorderMs, sendAll);
      else sendAll();
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
