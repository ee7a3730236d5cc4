import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const packageOf = {
  prometheus: 'prometheus',
  promtool: 'prometheus',
  'prometheus-alertmanager': 'prometheus-alertmanager',
  amtool: 'prometheus-alertmanager',
} as const;
export type Tool = keyof typeof packageOf;

function find(tool: Tool): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return folders
    .map((folder) => join(folder, tool))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Installs Debian packages without starting their services. */
async function install(packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-yq', '--no-install-recommends', ...packages], {
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
}

/**
 * Where Prometheus and Alertmanager and their tools are. Root installs what is missing from Debian's packages; anybody else is told what to
 * have installed.
 */
export async function prometheusTools(): Promise<Readonly<Record<Tool, string>>> {
  const tools = Object.keys(packageOf) as Tool[];
  const missing = [...new Set(tools.filter((tool) => find(tool) === undefined).map((tool) => packageOf[tool]))];
  if (missing.length > 0) {
    const isDebian = spawnSync('dpkg-query', ['--version']).status === 0;
    if (!isDebian || process.getuid?.() !== 0) {
      throw new Error(
        `these Debian packages are missing; run as root once, or have them installed:\n  apt-get update && apt-get install --no-install-recommends ${missing.join(' ')}`,
      );
    }
    await install(missing);
  }
  return Object.fromEntries(
    tools.map((tool) => {
      const file = find(tool);
      if (file === undefined) throw new Error(`${tool} is not there although ${packageOf[tool]} is installed`);
      return [tool, file];
    }),
  ) as Record<Tool, string>;
}
