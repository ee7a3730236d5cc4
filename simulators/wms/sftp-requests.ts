import { constants } from 'node:fs';
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';
import type { Folders, StoredFile } from './folders.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/**
 * What a request is to the dials: a call may be made to fail, a change may also be done and its answer lost, and a piece is only slow.
 */
export type Weight = 'piece' | 'call' | 'change';

/** Carries out one request when its time has come. `act` does it and answers how to say so. */
export type Perform = (request: number, weight: Weight, act: () => () => void) => void;

type Handle =
  | { readonly kind: 'read'; readonly file: StoredFile }
  | { readonly kind: 'write'; readonly path: string; content: Buffer }
  | { readonly kind: 'folder'; readonly path: string; told: boolean };

const plainPath = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
};

const fileAttributes = (file: StoredFile): Attributes => ({
  mode: constants.S_IFREG | 0o644,
  uid: 0,
  gid: 0,
  size: file.content.length,
  atime: file.modifiedAt,
  mtime: file.modifiedAt,
});
const folderAttributes: Attributes = { mode: constants.S_IFDIR | 0o755, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

const overwrite = (content: Buffer, offset: number, data: Buffer): Buffer => {
  const length = Math.max(content.length, offset + data.length);
  const grown = Buffer.alloc(length);
  content.copy(grown);
  data.copy(grown, offset);
  return grown;
};

/** Serves one SFTP session from the folders. */
export function serveSession(wire: SFTPWrapper, folders: Folders, perform: Perform): void {
  const handles = new Map<number, Handle>();
  let next = 0;
  const keep = (handle: Handle): Buffer => {
    const id = Buffer.alloc(4);
    id.writeUInt32BE(next);
    handles.set(next, handle);
    next += 1;
    return id;
  };
  const handleOf = (id: Buffer): Handle | undefined => (id.length === 4 ? handles.get(id.readUInt32BE()) : undefined);
  const status = (request: number, code: number) => () => wire.status(request, code);
  const attributesOf = (path: string): Attributes | undefined => {
    const file = folders.file(path);
    if (file !== undefined) return fileAttributes(file);
    return folders.isFolder(path) ? folderAttributes : undefined;
  };
  const tell = (request: number, path: string) => {
    const attributes = attributesOf(path);
    return attributes === undefined ? status(request, STATUS_CODE.NO_SUCH_FILE) : () => wire.attrs(request, attributes);
  };
  const entry = (folder: string, filename: string): FileEntry => {
    const attrs = attributesOf(folder === '' ? filename : `${folder}/${filename}`) ?? folderAttributes;
    const letter = (attrs.mode & constants.S_IFDIR) === constants.S_IFDIR ? 'd' : '-';
    return { filename, attrs, longname: `${letter}rw-r--r-- 1 wms wms ${attrs.size} ${filename}` };
  };

  wire.on('OPEN', (request, filename, flags) =>
    perform(request, 'call', () => {
      const path = plainPath(filename);
      const file = folders.file(path);
      if ((flags & OPEN_MODE.WRITE) === 0) {
        if (file === undefined) return status(request, STATUS_CODE.NO_SUCH_FILE);
        const handle = keep({ kind: 'read', file });
        return () => wire.handle(request, handle);
      }
      const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      if (!folders.isFolder(parent)) return status(request, STATUS_CODE.NO_SUCH_FILE);
      if (file !== undefined && (flags & OPEN_MODE.EXCL) !== 0) return status(request, STATUS_CODE.FAILURE);
      folders.write(path, Buffer.alloc(0));
      const handle = keep({ kind: 'write', path, content: Buffer.alloc(0) });
      return () => wire.handle(request, handle);
    }),
  );
  wire.on('READ', (request, id, offset, length) =>
    perform(request, 'piece', () => {
      const handle = handleOf(id);
      if (handle?.kind !== 'read') return status(request, STATUS_CODE.FAILURE);
      const piece = handle.file.content.subarray(offset, offset + length);
      return piece.length === 0 ? status(request, STATUS_CODE.EOF) : () => wire.data(request, piece);
    }),
  );
  wire.on('WRITE', (request, id, offset, data) =>
    perform(request, 'piece', () => {
      const handle = handleOf(id);
      if (handle?.kind !== 'write') return status(request, STATUS_CODE.FAILURE);
      handle.content = overwrite(handle.content, offset, data);
      folders.write(handle.path, handle.content);
      return status(request, STATUS_CODE.OK);
    }),
  );
  wire.on('CLOSE', (request, id) =>
    perform(request, 'piece', () => {
      if (id.length === 4) handles.delete(id.readUInt32BE());
      return status(request, STATUS_CODE.OK);
    }),
  );
  wire.on('OPENDIR', (request, filename) =>
    perform(request, 'call', () => {
      const path = plainPath(filename);
      if (!folders.isFolder(path)) return status(request, STATUS_CODE.NO_SUCH_FILE);
      const handle = keep({ kind: 'folder', path, told: false });
      return () => wire.handle(request, handle);
    }),
  );
  wire.on('READDIR', (request, id) =>
    perform(request, 'piece', () => {
      const handle = handleOf(id);
      if (handle?.kind !== 'folder') return status(request, STATUS_CODE.FAILURE);
      if (handle.told) return status(request, STATUS_CODE.EOF);
      handle.told = true;
      const entries = folders.names(handle.path).map((name) => entry(handle.path, name));
      return entries.length === 0 ? status(request, STATUS_CODE.EOF) : () => wire.name(request, entries);
    }),
  );
  wire.on('STAT', (request, path) => perform(request, 'call', () => tell(request, plainPath(path))));
  wire.on('LSTAT', (request, path) => perform(request, 'call', () => tell(request, plainPath(path))));
  wire.on('FSTAT', (request, id) =>
    perform(request, 'piece', () => {
      const handle = handleOf(id);
      if (handle?.kind !== 'read') return status(request, STATUS_CODE.FAILURE);
      return () => wire.attrs(request, fileAttributes(handle.file));
    }),
  );
  wire.on('RENAME', (request, from, to) =>
    perform(request, 'change', () => {
      const outcome = folders.rename(plainPath(from), plainPath(to));
      if (outcome === 'done') return status(request, STATUS_CODE.OK);
      return status(request, outcome === 'absent' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE);
    }),
  );
  wire.on('REMOVE', (request, path) =>
    perform(request, 'change', () =>
      status(request, folders.remove(plainPath(path)) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE),
    ),
  );
  wire.on('REALPATH', (request, path) =>
    perform(request, 'piece', () => {
      const filename = `/${plainPath(path)}`;
      return () => wire.name(request, [{ filename, longname: filename, attrs: folderAttributes }]);
    }),
  );
  wire.on('SETSTAT', (request) => perform(request, 'piece', () => status(request, STATUS_CODE.OK)));
  wire.on('FSETSTAT', (request) => perform(request, 'piece', () => status(request, STATUS_CODE.OK)));
}
