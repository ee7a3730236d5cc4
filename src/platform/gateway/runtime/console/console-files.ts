import { hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export type Encoding = 'br' | 'gzip';

/** One file of the console, as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly etag: string;
  /** Its name changes with its content. */
  readonly isHashed: boolean;
  /** Compressed once, when it is first asked for; undefined where that gains nothing. */
  compressed(encoding: Encoding): Promise<Buffer | undefined>;
}

/** The built console: its files by path, `/index.html`, `/assets/…`. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const compress: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

const leastWorthwhile = 256;

function consoleFile(path: string, bytes: Buffer): ConsoleFile {
  const type = types[extname(path)] ?? 'application/octet-stream';
  const isText = /^text|javascript|json|svg/.test(type);
  const known = new Map<Encoding, Promise<Buffer>>();
  return {
    type,
    bytes,
    // Weak: the same for every encoding.
    etag: `W/"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`,
    isHashed: path.startsWith('/assets/'),
    async compressed(encoding) {
      if (!isText || bytes.length < leastWorthwhile) return undefined;
      const found = known.get(encoding) ?? compress[encoding](bytes);
      known.set(encoding, found);
      return found;
    },
  };
}

async function readAll(directory: string): Promise<ConsoleFiles> {
  const files = new Map<string, ConsoleFile>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    // No link leads out of the folder, and what begins with a dot is nobody's business.
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const whole = join(entry.parentPath, entry.name);
    const path = `/${whole.slice(join(directory, '/').length).replaceAll('\\', '/')}`;
    files.set(path, consoleFile(path, await readFile(whole)));
  }
  return files;
}

const lookAgainMs = 1_000;

/**
 * The built console, whole in memory: some hundreds of kilobytes, and a path can reach nothing else. Looks once a second at most
 * whether it was built anew. Undefined while there is none.
 */
export function readConsole(directory: string, now = () => performance.now()): () => Promise<ConsoleFiles | undefined> {
  let known: { readonly builtAt: number; readonly files: Promise<ConsoleFiles> } | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<void> {
    const page = await stat(join(directory, 'index.html')).catch(() => undefined);
    if (page === undefined) known = undefined;
    else if (page.mtimeMs !== known?.builtAt) known = { builtAt: page.mtimeMs, files: readAll(directory) };
  }

  let looking = Promise.resolve();
  return async () => {
    if (now() - lookedAt >= lookAgainMs) {
      lookedAt = now();
      looking = look();
    }
    await looking;
    return known?.files;
  };
}
