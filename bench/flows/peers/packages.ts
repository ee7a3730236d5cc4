import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** The engines that ours is measured against, at the versions that were measured. Installed by the bench alone. */
const dependencies = {
  '@dbos-inc/dbos-sdk': '5.3.0',
  '@medusajs/orchestration': '2.21.2',
  '@medusajs/workflows-sdk': '2.21.2',
  '@restatedev/restate-sdk': '1.17.2',
  '@restatedev/restate-server': '1.7.12',
  'graphile-worker': '0.18.0',
  'pg-boss': '12.38.0',
};

const manifest = `${JSON.stringify({ name: 'crossdock-bench-peers', private: true, dependencies }, null, 2)}\n`;

/** Installs them into a folder, once for each list of versions; no install script runs. Answers the folder. */
export async function installPeers(directory: string, say: (line: string) => void): Promise<string> {
  const known = await readFile(join(directory, 'installed.json'), 'utf8').catch(() => '');
  if (known === manifest) return directory;
  say(`installing the peers into ${directory}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), manifest);
  await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: directory,
  });
  await writeFile(join(directory, 'installed.json'), manifest);
  return directory;
}

/** Loads a package from that folder. Its types are what the caller says of it: the bench is checked without it. */
export async function loadPeer<Module>(directory: string, name: string): Promise<Module> {
  const require = createRequire(join(directory, 'package.json'));
  return (await import(pathToFileURL(require.resolve(name)).href)) as Module;
}

/** The path of a file of an installed package. */
export const peerFile = (directory: string, path: string): string => join(directory, 'node_modules', path);
