import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measure } from '../flows/measure.ts';
import type { PeakOptions } from '../flows/peak.ts';
import type { Stage } from '../flows/stage.ts';
import { startDemoSystems } from '../kit/demo-systems.ts';
import { familyCpuMs } from '../kit/process-cpu.ts';
import { figureOf } from './measures.ts';

const windowMs = 30_000;
/** What happens once after the start is over by then. */
const settleMs = 15_000;
const serve = fileURLToPath(new URL('../../src/main/serve.ts', import.meta.url));

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A node as `npm run serve` starts it. Resolves when it is up. */
async function startNode(config: string, databaseUrl: string, directory: string) {
  const node = spawn(process.execPath, [serve, '--config', config, '--port', '0'], {
    cwd: directory,
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => void node.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    node.kill('SIGTERM');
    await ended;
  };
  let said = '';
  const isUp = new Promise<void>((resolve, reject) => {
    node.stdout.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000);
      if (said.includes('Crossdock is up')) resolve();
    });
    void ended.then(() => reject(new Error(`the node did not start: ${said}`)));
  });
  await isUp;
  return { pid: node.pid ?? 0, stop };
}

/** P21: what a whole node costs that has nothing to do: its feeds, subscriptions, alerts and doors are open. And the database for it. */
export async function measureIdle(stage: Stage, { say }: PeakOptions): Promise<readonly Measure[]> {
  say(`idle: one node with the demo's systems and feeds, ${windowMs / 1_000} s`);
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-idle-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    const systems = await startDemoSystems(directory);
    closing.push(() => systems.stop());
    const config = join(directory, 'crossdock.json');
    // Looks as often as an installation does by default, and not as a quick day.
    const asUsual = (name: string, value: unknown): unknown => (name === 'rhythmMs' ? undefined : value);
    await writeFile(config, JSON.stringify(systems.configuration, asUsual));
    const node = await startNode(config, await stage.engineDatabase(), directory);
    closing.push(() => node.stop());
    await pause(settleMs);
    const before = { own: await familyCpuMs(node.pid), server: (await stage.server.usage()).cpuMs };
    await pause(windowMs);
    const own = ((await familyCpuMs(node.pid)) - before.own) / windowMs;
    const server = ((await stage.server.usage()).cpuMs - before.server) / windowMs;
    say(`  node ${(own * 100).toFixed(2)} %, database ${(server * 100).toFixed(2)} % of one core`);
    const description = {
      measure: 'P21',
      what: 'processor time of an idle node with all its feeds',
      against: 'one core',
      fsync: 'native',
      unit: '%',
      target: { atMost: 1 },
      note: `the database took ${(server * 100).toFixed(2)} % more`,
    } as const;
    return [figureOf(description, [own * 100], 1)];
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}
