import type { WarehouseDials } from './dials.ts';
import type { Folders } from './folders.ts';
import { isForGood, type Mishap, spoilt } from './mishaps.ts';
import { putBadly } from './put-badly.ts';
import { interchangeLines, type Line, type Sides, setLines, textOf } from './x12.ts';

/** The way out: each document becomes a file in `out`, in the weather that the dials make. */
export interface Mailbox {
  send(set: SetName, body: readonly Line[], sides: Sides, mishaps?: readonly Mishap[]): void;
  /** Sends what had gone wrong for good again, as it should have been; answers how many. */
  correct(): number;
  stop(): void;
}

export interface MailboxNeeds {
  readonly folders: Folders;
  readonly dials: () => WarehouseDials;
  /** Seeded, 0 to 1. */
  readonly random: () => number;
  readonly now: () => Date;
}

type SetName = '945' | '997';
const functionalIdentifier = { '945': 'SW', '997': 'FA' };

interface Document {
  readonly set: SetName;
  readonly body: readonly Line[];
  readonly sides: Sides;
  readonly mishaps: readonly Mishap[];
}

/** Makes the way out. */
export function createMailbox({ folders, dials, random, now }: MailboxNeeds): Mailbox {
  const timers = new Set<NodeJS.Timeout>();
  /** 945 that wait until there are enough for one interchange. */
  let gathered: readonly Document[] = [];
  let wrong: readonly Document[] = [];
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
  const put = (name: string, content: Buffer, mishaps: readonly Mishap[]) => {
    const { halfWrittenRate, halfWrittenMs, garbageRate } = dials();
    const [half, garbage] = [random() < halfWrittenRate, random() < garbageRate];
    if (garbage) putWhole(`garbage-${name}`, Buffer.from(`%PDF-1.4 this is no interchange ${name}\0\n`));
    const all: readonly Mishap[] = half ? [...mishaps, 'half-written'] : mishaps;
    if (!putBadly({ folders, later, putWhole, halfWrittenMs }, name, content, all)) putWhole(name, content);
  };
  const write = (documents: readonly Document[]) => {
    const [first] = documents;
    if (first === undefined) return;
    const { set, sides } = first;
    const mishaps = documents.flatMap((document) => document.mishaps);
    const isBefore = mishaps.includes('repeated-control-number') && control > 0;
    const number = isBefore ? control : control + 1;
    control += 1;
    // Among others only its own set may suffer.
    const sets = documents.map((document, place) =>
      spoilt(setLines(set, place + 1, document.body), documents.length > 1 ? document.mishaps : []),
    );
    const whole = interchangeLines(functionalIdentifier[set], sets, number, sides, now());
    const lines = documents.length > 1 ? whole : spoilt(whole, mishaps);
    put(`${String(control).padStart(9, '0')}-${set}.edi`, Buffer.from(textOf(lines)), mishaps);
  };
  const sendNow = (document: Document) => {
    if (document.mishaps.some(isForGood)) wrong = [...wrong, document];
    const { setsPerInterchange } = dials();
    if (document.set === '997') return write([document]);
    gathered = [...gathered, document];
    if (gathered.length < setsPerInterchange) return;
    const documents = gathered;
    gathered = [];
    write(documents);
  };

  return {
    send: (set, body, sides, mishaps = []) => {
      const { reorderRate, reorderMs, duplicateRate } = dials();
      const [held, twice] = [random() < reorderRate, random() < duplicateRate];
      const document = { set, body, sides, mishaps };
      const sendAll = () => {
        sendNow(document);
        if (set === '945' && twice) sendNow(document);
      };
      if (held) later(reorderMs, sendAll);
      else sendAll();
    },
    correct: () => {
      const documents = wrong;
      wrong = [];
      for (const document of documents) write([{ ...document, mishaps: [] }]);
      return documents.length;
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
