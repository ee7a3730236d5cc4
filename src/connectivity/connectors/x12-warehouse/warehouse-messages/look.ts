import type { RemoteFile, Sftp } from '#connectivity/protocols/sftp';
import { type InterchangesRead, readInterchanges } from '#connectivity/protocols/x12';
import type { WarehouseSettings } from '../settings.ts';
import type { ReadFile } from './cursor.ts';
import type { WarehouseFile } from './read-file.ts';
import { digestOf } from './translated.ts';

/** A file that is taken: whole, or given up because it stopped growing before it was. */
export interface TakenFile extends WarehouseFile, ReadFile {
  readonly size: number;
  readonly modifiedAt: number;
}

/** One look into the folder. */
export interface Look {
  readonly fresh: readonly TakenFile[];
  /** Read before, but still there: the end came between their messages and their archiving. */
  readonly known: readonly TakenFile[];
  /** There are more than were taken. */
  readonly more: boolean;
}

/** Looks into the folder and takes what is whole. `known` are the files of the cursor. Remembers what was not whole, to see it grow. */
export type Looker = (known: readonly ReadFile[], signal: AbortSignal) => Promise<Look>;

interface Unfinished {
  readonly size: number;
  readonly modifiedAt: number;
  /** On the monotonic clock, ms. */
  readonly since: number;
}

const isMeantForUs = ({ name }: RemoteFile): boolean => !name.endsWith('.tmp') && !name.startsWith('.');
/** The order of writing, as far as the server tells it. */
const byAge = (a: RemoteFile, b: RemoteFile): number =>
  a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : Number(a.name > b.name));

const tooLarge = (limit: number): InterchangesRead => ({
  interchanges: [],
  findings: [{ code: 'not-x12', message: `the file is longer than ${limit} bytes` }],
  whole: false,
});

type LookNeeds = Pick<WarehouseSettings, 'folders' | 'batch' | 'incompleteAfterMs' | 'maxFileBytes'>;

/** Makes a looker. `now` is monotonic milliseconds. */
export function createLooker(sftp: Sftp, needs: LookNeeds, now: () => number = () => performance.now()): Looker {
  const { folders, batch, incompleteAfterMs, maxFileBytes } = needs;
  const unfinished = new Map<string, Unfinished>();

  /** Whether a file that was not whole may be given up: it is as it was, for long enough. */
  const standing = (file: RemoteFile): 'new' | 'waiting' | 'given-up' => {
    const before = unfinished.get(file.name);
    if (before?.size !== file.size || before.modifiedAt !== file.modifiedAt) return 'new';
    return now() - before.since >= incompleteAfterMs ? 'given-up' : 'waiting';
  };

  const take = async (file: RemoteFile, signal: AbortSignal): Promise<TakenFile | undefined> => {
    const { name, size, modifiedAt } = file;
    const large = size > maxFileBytes;
    const content = large ? Buffer.from(name) : await sftp.get(`${folders.out}/${name}`, maxFileBytes, signal);
    // Renamed or taken away under us: if it is still there under another name, the next look finds it.
    if (content === undefined) return undefined;
    const read = large ? tooLarge(maxFileBytes) : readInterchanges(content);
    const complete = large || (content.length === size && read.whole);
    if (!complete && standing(file) !== 'given-up') {
      const before = standing(file) === 'waiting' ? unfinished.get(name) : undefined;
      unfinished.set(name, { size, modifiedAt, since: before?.since ?? now() });
      return undefined;
    }
    unfinished.delete(name);
    const writtenAt = new Date(modifiedAt * 1_000).toISOString();
    return { name, digest: digestOf(content), content, read, size, modifiedAt, writtenAt };
  };
  const takeAll = async (files: readonly RemoteFile[], signal: AbortSignal): Promise<readonly TakenFile[]> =>
    (await Promise.all(files.map((file) => take(file, signal)))).filter((file) => file !== undefined);

  return async (known, signal) => {
    const listed = (await sftp.list(folders.out, signal)).filter(isMeantForUs).sort(byAge);
    const names = new Set(listed.map(({ name }) => name));
    for (const name of unfinished.keys()) if (!names.has(name)) unfinished.delete(name);
    const digests = new Map(known.map(({ name, digest }) => [name, digest]));
    const again = listed.filter(({ name }) => digests.has(name));
    const due = listed.filter((file) => !digests.has(file.name) && standing(file) !== 'waiting');
    const taken = await takeAll([...again, ...due.slice(0, batch)], signal);
    const isKnown = ({ name, digest }: TakenFile): boolean => digests.get(name) === digest;
    return {
      fresh: taken.filter((file) => !isKnown(file)),
      known: taken.filter(isKnown),
      more: due.length > batch,
    };
  };
}
