/** A file kept in memory. */
export interface StoredFile {
  content: Buffer;
  /** Seconds since 1970. */
  modifiedAt: number;
}

export const folderNames = ['', 'in', 'in/archive', 'out', 'out/archive'] as const;

/** The warehouse's folders, in memory. Paths without leading slash. */
export interface Folders {
  isFolder(path: string): boolean;
  file(path: string): StoredFile | undefined;
  /** Names in a folder, files and folders. */
  names(folder: string): readonly string[];
  write(path: string, content: Buffer): StoredFile;
  /** Goes on writing a file: whoever has it open sees it. Starts it where there is none. */
  grow(path: string, content: Buffer): void;
  remove(path: string): boolean;
  /** As SFTP 3 does it: never over another file. */
  rename(from: string, to: string): 'done' | 'absent' | 'refused';
  /** Called after each rename that was done, with the new path. */
  onRenamed(listener: (path: string) => void): void;
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Makes empty folders. */
export function createFolders(now: () => number = Date.now): Folders {
  const folders = new Map<string, Map<string, StoredFile>>(folderNames.map((name) => [name, new Map()]));
  const listeners: ((path: string) => void)[] = [];
  const within = (path: string) => folders.get(parentOf(path));
  return {
    isFolder: (path) => folders.has(path),
    file: (path) => within(path)?.get(nameOf(path)),
    names: (folder) => [
      ...folderNames.filter((name) => name !== '' && parentOf(name) === folder).map(nameOf),
      ...(folders.get(folder)?.keys() ?? []),
    ],
    write: (path, content) => {
      const file = { content, modifiedAt: Math.floor(now() / 1_000) };
      within(path)?.set(nameOf(path), file);
      return file;
    },
    grow: (path, content) => {
      const file = within(path)?.get(nameOf(path));
      const modifiedAt = Math.floor(now() / 1_000);
      if (file === undefined) within(path)?.set(nameOf(path), { content, modifiedAt });
      else Object.assign(file, { content, modifiedAt });
    },
    remove: (path) => within(path)?.delete(nameOf(path)) ?? false,
    rename: (from, to) => {
      const file = within(from)?.get(nameOf(from));
      if (file === undefined) return 'absent';
      const target = within(to);
      if (target === undefined || target.has(nameOf(to)) || folders.has(to)) return 'refused';
      within(from)?.delete(nameOf(from));
      target.set(nameOf(to), file);
      for (const listener of listeners) listener(to);
      return 'done';
    },
    onRenamed: (listener) => {
      listeners.push(listener);
    },
  };
}
