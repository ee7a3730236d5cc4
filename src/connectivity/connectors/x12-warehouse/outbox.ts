import { createHash } from 'node:crypto';
import type { Sftp } from '#connectivity/protocols/sftp';
import { Fault } from '#model/kernel';
import type { WarehouseSettings } from './settings.ts';

/** A document on its way out. Its key gives its control number, its control number gives its file name. */
export interface OutgoingDocument {
  /** Names the intent for ever. */
  readonly key: string;
  readonly type: '940' | '997';
  /** The content under a control number of nine digits. */
  readonly write: (control: string) => string;
  /** Whether a file found under our name is this document. */
  readonly isIt: (content: Uint8Array) => boolean;
}

/**
 * The folder into which we put documents, used as a table: the key is hashed to a control number, and the file is named after that.
 * So a key can be asked for, a control number can be looked up (a 997 says nothing else), and no number is used twice: a place that
 * another document holds is passed over for the next. `in` is looked at before its archive, for files move in that direction only.
 */
export interface Outbox {
  /** Puts the document where it is not there yet; answers its file name. */
  place(document: OutgoingDocument, signal: AbortSignal): Promise<string>;
  /** Its file name; undefined when it was never put. */
  find(document: OutgoingDocument, signal: AbortSignal): Promise<string | undefined>;
  /** What was put under a control number. */
  content(type: OutgoingDocument['type'], control: string, signal: AbortSignal): Promise<Buffer | undefined>;
}

/** Each type has numbers of its own, so that an interchange control number never stands for two. */
const numbers = {
  '940': { first: 100_000_000n, count: 800_000_000n },
  '997': { first: 900_000_000n, count: 100_000_000n },
};

/** The more documents there are, the more of them share their first place; so many in a row never do. */
const mostPlaces = 64;
const ownFileBytes = 5_000_000;

/** The control number of a key's `place`th choice. */
export function controlNumber(type: OutgoingDocument['type'], key: string, place: number): string {
  const digest = createHash('sha256').update(`${key}\n${place}`).digest();
  const { first, count } = numbers[type];
  return String(first + (digest.readBigUInt64BE() % count));
}

const nameOf = (type: OutgoingDocument['type'], control: string): string => `${type}-${control}.edi`;

/** Makes the outbox of a warehouse. */
export function createOutbox(sftp: Sftp, folders: WarehouseSettings['folders']): Outbox {
  const content: Outbox['content'] = async (type, control, signal) =>
    (await sftp.get(`${folders.in}/${nameOf(type, control)}`, ownFileBytes, signal)) ??
    (await sftp.get(`${folders.inArchive}/${nameOf(type, control)}`, ownFileBytes, signal));

  const usedUp = (document: OutgoingDocument): Fault => {
    const message = `no free control number for ${document.key}: move old files out of ${folders.inArchive}`;
    return new Fault('permanent', { code: 'control-numbers-used-up', message });
  };

  /** Tries one place: the document's file name, or undefined when another document holds it. */
  const tryPlace = async (document: OutgoingDocument, control: string, signal: AbortSignal) => {
    const name = nameOf(document.type, control);
    let there: Buffer | undefined;
    const look = async () => {
      there = await content(document.type, control, signal);
      return there !== undefined;
    };
    const written = Buffer.from(document.write(control));
    const put = await sftp.put(`${folders.in}/${name}`, written, { signal, unless: look });
    if (put === 'written') return name;
    if (there === undefined && !(await look())) {
      throw new Fault('transient', { code: 'file-vanished', message: `${name} was there and then nowhere` });
    }
    return there !== undefined && document.isIt(there) ? name : undefined;
  };
  const placeOnce = async (document: OutgoingDocument, signal: AbortSignal): Promise<string> => {
    for (let place = 0; place < mostPlaces; place += 1) {
      const name = await tryPlace(document, controlNumber(document.type, document.key, place), signal);
      if (name !== undefined) return name;
    }
    throw usedUp(document);
  };
  /** Senders of one key in this process share one sending; between processes, the lease of the work is the fence. */
  const underWay = new Map<string, Promise<string>>();

  return {
    place: (document, signal) => {
      const sending = underWay.get(document.key);
      if (sending !== undefined) return sending;
      const started = placeOnce(document, signal).finally(() => underWay.delete(document.key));
      underWay.set(document.key, started);
      return started;
    },
    find: async (document, signal) => {
      for (let place = 0; place < mostPlaces; place += 1) {
        const control = controlNumber(document.type, document.key, place);
        const there = await content(document.type, control, signal);
        if (there === undefined) return undefined;
        if (document.isIt(there)) return nameOf(document.type, control);
      }
      throw usedUp(document);
    },
    content,
  };
}
