import { randomBytes } from 'node:crypto';
import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2';
import { Fault } from '#model/kernel';
import { createSftpConnection } from './connection.ts';
import { isAbsent, requestFault } from './faults.ts';
import type { SftpSettings } from './settings.ts';

/** A file as the server lists it. */
export interface RemoteFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970, as SFTP has it. */
  readonly modifiedAt: number;
}

export interface PutOptions {
  readonly signal?: AbortSignal;
  /**
   * Asked when all is written and only the rename is left: true withdraws the file, as if one existed. It keeps the time short in
   * which somebody else may have put the same and a third have taken it away.
   */
  readonly unless?: () => Promise<boolean>;
}

/** Files on an SFTP server. Every call throws a `Fault` and takes a signal that aborts it. Paths are with `/`. */
export interface Sftp {
  /** Regular files of a folder, in no order. */
  list(folder: string, signal?: AbortSignal): Promise<readonly RemoteFile[]>;
  /** Undefined: there is none. */
  stat(path: string, signal?: AbortSignal): Promise<Pick<RemoteFile, 'size' | 'modifiedAt'> | undefined>;
  /** The whole content; undefined: there is no such file (any more). Longer than `maxBytes`: permanent fault `sftp-file-too-large`. */
  get(path: string, maxBytes: number, signal?: AbortSignal): Promise<Buffer | undefined>;
  /**
   * Writes `<path>.<random>.tmp` and renames it, so that nobody sees half a file. `exists`: there was one already, and it is as it
   * was. A lost connection is transient before the rename and ambiguous in it.
   */
  put(path: string, content: Uint8Array, options?: PutOptions): Promise<'written' | 'exists'>;
  /** Renames. `absent`: there is nothing to move; `exists`: the target is taken. */
  move(from: string, to: string, signal?: AbortSignal): Promise<'moved' | 'absent' | 'exists'>;
  close(): Promise<void>;
}

/** Asks with a callback of ssh2's form. */
const answer = <Value>(ask: (done: (thrown: Error | null | undefined, value: Value) => void) => void): Promise<Value> =>
  new Promise((resolve, reject) => {
    ask((thrown, value) => {
      if (thrown) reject(thrown);
      else resolve(value);
    });
  });
const done = (ask: (finished: (thrown?: Error | null) => void) => void): Promise<void> =>
  answer<void>((finished) => ask((thrown) => finished(thrown)));

const statOf = (wire: SFTPWrapper, path: string): Promise<Stats> => answer((finished) => wire.stat(path, finished));

async function readWhole(wire: SFTPWrapper, path: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // One byte more than allowed is enough to know.
  const stream = wire.createReadStream(path, { end: maxBytes });
  // A connection lost while the file is being closed is told when all was read and nobody listens: it must not end the process.
  stream.on('error', () => undefined);
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  if (size <= maxBytes) return Buffer.concat(chunks);
  throw new Fault('permanent', { code: 'sftp-file-too-large', message: `${path} is longer than ${maxBytes} bytes` });
}

const orAbsent = <Value>(thrown: unknown): Value | undefined => {
  if (isAbsent(thrown)) return undefined;
  throw thrown;
};

/** Opens (when first used) and keeps one connection to an SFTP server. */
export function openSftp(settings: SftpSettings): Sftp {
  const connection = createSftpConnection(settings);
  const read = (what: string, signal: AbortSignal | undefined) => ({ what, changes: false, signal });
  const change = (what: string, signal: AbortSignal | undefined) => ({ what, changes: true, signal });

  const stat: Sftp['stat'] = (path, signal) =>
    connection.run(read(`stat ${path}`, signal), async (wire) => {
      const found = await statOf(wire, path).catch((thrown) => orAbsent<Stats>(thrown));
      return found === undefined ? undefined : { size: found.size, modifiedAt: found.mtime };
    });

  /** SFTP 3 has no code for "the target exists": after a refusal we look. Only an own answer of the server is a refusal. */
  const move: Sftp['move'] = async (from, to, signal) => {
    const refused = await connection.run(change(`rename ${from} to ${to}`, signal), (wire) =>
      done((finished) => wire.rename(from, to, finished)).then(
        () => undefined,
        (thrown: unknown) => {
          if (typeof (thrown as { code?: unknown }).code === 'number') return { thrown };
          throw thrown;
        },
      ),
    );
    if (refused === undefined) return 'moved';
    if (isAbsent(refused.thrown)) return 'absent';
    if ((await stat(to, signal)) !== undefined) return 'exists';
    throw requestFault(refused.thrown, `rename ${from} to ${to}`, false);
  };

  return {
    list: (folder, signal) =>
      connection.run(read(`list ${folder}`, signal), async (wire) => {
        const entries = await answer<FileEntryWithStats[]>((finished) => wire.readdir(folder, finished));
        return entries
          .filter(({ attrs }) => attrs.isFile())
          .map(({ filename, attrs }) => ({ name: filename, size: attrs.size, modifiedAt: attrs.mtime }));
      }),
    stat,
    get: (path, maxBytes, signal) =>
      connection.run(read(`get ${path}`, signal), (wire) =>
        readWhole(wire, path, maxBytes).catch((thrown) => orAbsent<Buffer>(thrown)),
      ),
    put: async (path, content, { signal, unless = async () => false } = {}) => {
      // A name of its own: two senders of one file must not write into each other's.
      const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
      await connection.run(read(`put ${temporary}`, signal), (wire) =>
        done((finished) => wire.writeFile(temporary, Buffer.from(content), finished)),
      );
      const moved = (await unless()) ? 'exists' : await move(temporary, path, signal);
      if (moved === 'moved') return 'written';
      if (moved === 'absent') {
        const message = `${temporary} vanished before its rename`;
        throw new Fault('transient', { code: 'sftp-temporary-lost', message });
      }
      await connection.run(read(`remove ${temporary}`, signal), (wire) =>
        done((finished) => wire.unlink(temporary, () => finished())),
      );
      return 'exists';
    },
    move,
    close: () => connection.close(),
  };
}
