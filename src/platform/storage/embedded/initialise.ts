import { execFile } from 'node:child_process';
import { chown, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Place } from './place.ts';
import type { ServerUser } from './server-user.ts';

const run = promisify(execFile);
const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Makes a new cluster when the data folder has none. A half-made one (we died in the middle) is made anew: it holds nothing. */
export async function initialise(
  { binaries, data }: Place,
  user: ServerUser | undefined,
  password: string,
): Promise<void> {
  const mark = join(data, 'crossdock-initialised');
  if (await exists(mark)) return;
  for (const name of await readdir(data)) await rm(join(data, name), { recursive: true, force: true });
  const passwordFile = `${data}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (user !== undefined) await chown(passwordFile, user.uid, user.gid);
    await run(
      binaries.initdb,
      [
        `--pgdata=${data}`,
        '--username=crossdock',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } },
    );
    await writeFile(mark, '', { mode: 0o600 });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new Error(`cannot initialise PostgreSQL in ${data}: ${said}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
}
