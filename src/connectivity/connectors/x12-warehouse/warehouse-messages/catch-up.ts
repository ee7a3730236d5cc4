import type { RemoteFile, Sftp } from '#connectivity/protocols/sftp';
import { readInterchanges } from '#connectivity/protocols/x12';
import type { WarehouseSettings } from '../settings.ts';
import type { TakenFile } from './look.ts';
import { digestOf } from './translated.ts';

/** What was archived and may yet be unknown here. */
export interface CatchUp {
  /** The next of them, oldest first; empty when there are none left. `taken` is the newest file that the cursor knows of. */
  next(taken: number | undefined, signal: AbortSignal): Promise<readonly TakenFile[]>;
  /** What `next` answered last is durable. */
  done(): void;
}

type CatchUpNeeds = Pick<WarehouseSettings, 'folders' | 'batch' | 'incompleteAfterMs' | 'maxFileBytes'>;

/**
 * A database that was restored has forgotten messages whose files are in the archive, where nobody would look again. So when a process
 * reads its first, it reads the archive from the newest file that its cursor knows of. Usually those are the last few, and their
 * messages are known: they count once.
 */
export function createCatchUp(sftp: Sftp, needs: CatchUpNeeds): CatchUp {
  const { folders, batch, incompleteAfterMs, maxFileBytes } = needs;
  let left: readonly RemoteFile[] | undefined;

  const isTooLarge = ({ size }: RemoteFile): boolean => size > maxFileBytes;
  async function newSince(taken: number, signal: AbortSignal): Promise<readonly RemoteFile[]> {
    // One that was waited for is older than those that were taken meanwhile.
    const from = taken - Math.ceil(incompleteAfterMs / 1_000);
    const files = await sftp.list(folders.outArchive, signal);
    return files
      .filter((file) => file.modifiedAt >= from && !isTooLarge(file))
      .sort((a, b) => a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : 1));
  }
  async function read(file: RemoteFile, signal: AbortSignal): Promise<readonly TakenFile[]> {
    const { name, size, modifiedAt } = file;
    const content = await sftp.get(`${folders.outArchive}/${name}`, maxFileBytes, signal);
    if (content === undefined) return [];
    const writtenAt = new Date(modifiedAt * 1_000).toISOString();
    return [{ name, size, modifiedAt, writtenAt, content, digest: digestOf(content), read: readInterchanges(content) }];
  }

  return {
    next: async (taken, signal) => {
      left ??= taken === undefined ? [] : await newSince(taken, signal);
      const files = await Promise.all(left.slice(0, batch).map((file) => read(file, signal)));
      return files.flat();
    },
    done: () => {
      left = left?.slice(batch);
    },
  };
}
