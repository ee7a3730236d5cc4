import type { Feed } from '#connectivity/kit';
import type { Sftp } from '#connectivity/protocols/sftp';
import type { Clock } from '#model/kernel';
import { identifyOrder } from '../fulfilment/order-document.ts';
import type { Outbox } from '../outbox.ts';
import type { WarehouseSettings } from '../settings.ts';
import type { OrderLookup } from './acknowledgement-messages.ts';
import { createCatchUp } from './catch-up.ts';
import { cursorOf, filesOf, newestOf, takenOf } from './cursor.ts';
import { createLooker, type TakenFile } from './look.ts';
import { translateFile } from './read-file.ts';
import { settleFile } from './settle.ts';

export interface FeedNeeds {
  readonly sftp: Sftp;
  readonly outbox: Outbox;
  readonly settings: WarehouseSettings;
  readonly clock: Clock;
}

/**
 * What the warehouse puts into its out folder: 945 and 997. A file stays there until its messages are durable, and only then is it
 * acknowledged and archived. The cursor names the files that were read and still stand there, so that what a crash left behind is
 * archived and not read again; and were it lost, the ids of the messages would be the same. It also says how far the files were read, so
 * that one which was restored is brought up to date from the archive.
 */
export function warehouseMessages({ sftp, outbox, settings, clock }: FeedNeeds): Feed {
  const look = createLooker(sftp, settings);
  const catchUp = createCatchUp(sftp, settings);
  /** The files of the latest look, by name: those of a cursor are among them, or else are seen by the next look. */
  let seen: ReadonlyMap<string, TakenFile> = new Map();
  const orderOf =
    (signal: AbortSignal): OrderLookup =>
    async (control) => {
      const content = await outbox.content('940', control, signal);
      return content === undefined ? undefined : identifyOrder(content);
    };

  return {
    name: 'warehouse-messages',
    sync: { model: 'micro-batch', rhythmMs: settings.rhythmMs, latencyTargetMs: 2 * settings.rhythmMs },
    read: async (cursor, signal) => {
      const translate = (files: readonly TakenFile[]) =>
        Promise.all(files.map((file) => translateFile(file, settings, orderOf(signal))));
      const taken = takenOf(cursor);
      const archived = await catchUp.next(taken, signal);
      if (archived.length > 0) {
        const translated = await translate(archived);
        return {
          messages: translated.flatMap(({ messages }) => messages),
          unreadable: translated.flatMap(({ unreadable }) => unreadable),
          cursor: cursorOf(filesOf(cursor), newestOf(taken, archived)),
          more: true,
        };
      }
      const { fresh, known, more } = await look(filesOf(cursor), signal);
      const translated = await translate(fresh);
      const standing = [...known, ...fresh];
      seen = new Map(standing.map((file) => [file.name, file]));
      return {
        messages: translated.flatMap(({ messages }) => messages),
        unreadable: translated.flatMap(({ unreadable }) => unreadable),
        cursor: cursorOf(standing, newestOf(taken, fresh)),
        more,
      };
    },
    committed: async (reading, signal) => {
      catchUp.done();
      const files = filesOf(reading.cursor).flatMap(({ name, digest }) => {
        const file = seen.get(name);
        return file?.digest === digest ? [file] : [];
      });
      const needs = { sftp, outbox, settings, clock };
      const settled = await Promise.allSettled(files.map((file) => settleFile(file, needs, signal)));
      for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
    },
  };
}
