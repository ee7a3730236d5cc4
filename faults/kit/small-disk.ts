import { execFile, execFileSync } from 'node:child_process';
import { mkdir, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const powerOff = fileURLToPath(new URL('./power-off.c', import.meta.url));

/** A file system of its own in a file, which can be filled, and whose power can be cut. */
export interface SmallDisk {
  readonly directory: string;
  /** Takes what is left of it; again when something has become free. */
  fill(): Promise<void>;
  free(): Promise<void>;
  /** Everything so far is on the disk. */
  flush(): Promise<void>;
  /** What was written and not flushed is lost; it is mounted again afterwards. Nobody may have a file open on it. */
  cutPower(): Promise<void>;
  remove(): Promise<void>;
}

/** Why no disk can be made here; undefined when one can. */
export function diskNotHere(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root mounts a file system in a file';
  const folder = join(tmpdir(), `crossdock-mount-${process.pid}`);
  try {
    const words = `set -e; mkdir -p "$0"; truncate -s 4M "$0/image"; mkfs.ext4 -q -F "$0/image"; mkdir "$0/at"; mount -o loop "$0/image" "$0/at"; umount "$0/at"; cc --version`;
    execFileSync('/bin/sh', ['-c', words, folder], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'mkfs.ext4, mount -o loop or cc does not work here';
  } finally {
    execFileSync('rm', ['-rf', folder]);
  }
}

/** Makes and mounts one of so many megabytes in `parent`. */
export async function createSmallDisk(parent: string, megabytes: number): Promise<SmallDisk> {
  const image = join(parent, 'disk.image');
  const directory = join(parent, 'disk');
  const off = join(parent, 'power-off');
  const ballast = join(directory, 'ballast');
  const mount = () => run('mount', ['-o', 'loop', image, directory]);
  await mkdir(directory);
  await writeFile(image, '');
  await truncate(image, megabytes * 1_048_576);
  await run('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
  await run('cc', ['-O2', '-o', off, powerOff]);
  await mount();
  let turn = 0;
  return {
    directory,
    fill: async () => {
      const { bavail, bsize } = await statfs(directory);
      if (bavail === 0) return;
      turn += 1;
      await run('fallocate', ['-l', String(bavail * bsize), `${ballast}-${turn}`]).catch(() => undefined);
    },
    free: async () => {
      for (; turn > 0; turn -= 1) await rm(`${ballast}-${turn}`, { force: true });
    },
    flush: async () => {
      await run('sync', ['-f', directory]);
    },
    cutPower: async () => {
      await run(off, [directory]);
      await run('umount', [directory]);
      await mount();
    },
    remove: async () => {
      await run('umount', [directory]).catch(() => run('umount', ['-l', directory]));
    },
  };
}
