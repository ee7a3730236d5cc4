import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../journeys/support/eventually.ts';
import type { Tool } from './prometheus-tools.ts';

const root = join(import.meta.dirname, '../../..');

/** A real Prometheus and a real Alertmanager, with our rules. */
export interface RealPrometheus {
  readonly url: string;
  /** Values of an instant query. */
  query(promql: string): Promise<readonly { readonly metric: Record<string, string>; readonly value: number }[]>;
  /** Whether every target was scraped and how it fared: the last error, or nothing. */
  targetErrors(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function start(file: string, args: readonly string[]): { readonly child: ChildProcess; readonly said: () => string } {
  let said = '';
  const child = spawn(file, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said = `${said}${String(chunk)}`.slice(-4_000);
    });
  }
  return { child, said: () => said };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

const isReady = (url: string, said: () => string): Promise<boolean> =>
  eventually(
    url,
    async () =>
      (await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )) || undefined,
    { soFar: async () => said() },
  );

/** The rules as they are, but for the time that they wait: a test has no ten minutes. */
function quickRules(file: string): string {
  const rules = readFileSync(join(root, 'observability/prometheus', file), 'utf8');
  return rules
    .replaceAll(/^( +for:) .+$/gm, '$1 2s')
    .replaceAll('[5m]', '[30s]')
    .replaceAll('[10m]', '[30s]');
}

export async function startPrometheus(
  tools: Readonly<Record<Tool, string>>,
  { targets, webhook }: { readonly targets: readonly string[]; readonly webhook: string },
): Promise<RealPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-prometheus-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const [port, alertPort] = [await freePort(), await freePort()];
  for (const rules of ['crossdock.recording.yml', 'crossdock.rules.yml']) write(rules, quickRules(rules));
  const alertmanagerFile = write(
    'alertmanager.yml',
    `route: { receiver: us, group_by: [alertname, lane, feed], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers: [{ name: us, webhook_configs: [{ url: '${webhook}', send_resolved: true }] }]\n`,
  );
  const prometheusFile = write(
    'prometheus.yml',
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [crossdock.recording.yml, crossdock.rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:${alertPort}'] }] }] }
scrape_configs: [{ job_name: crossdock, static_configs: [{ targets: [${targets.map((target) => `'${target}'`).join(', ')}] }] }]\n`,
  );
  const alertmanager = start(tools['prometheus-alertmanager'], [
    `--config.file=${alertmanagerFile}`,
    `--storage.path=${join(directory, 'alerts')}`,
    `--web.listen-address=127.0.0.1:${alertPort}`,
    '--cluster.listen-address=',
  ]);
  const prometheus = start(tools.prometheus, [
    `--config.file=${prometheusFile}`,
    `--storage.tsdb.path=${join(directory, 'series')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=warn',
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all([end(prometheus.child), end(alertmanager.child)]);
    await rm(directory, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string): Promise<Record<string, unknown>> =>
    ((await (await fetch(`${url}/api/v1/${path}`)).json()) as { readonly data: Record<string, unknown> }).data;
  try {
    await isReady(`http://127.0.0.1:${alertPort}/-/ready`, alertmanager.said);
    await isReady(`${url}/-/ready`, prometheus.said);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return {
    url,
    query: async (promql) => {
      const { result } = await ask(`query?query=${encodeURIComponent(promql)}`);
      const samples = result as readonly { metric: Record<string, string>; value: readonly [number, string] }[];
      return samples.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    targetErrors: async () => {
      const { activeTargets } = await ask('targets');
      const all = activeTargets as readonly { readonly health: string; readonly lastError: string }[];
      return all.flatMap(({ health, lastError }) => (health === 'up' ? [] : [`${health}: ${lastError}`]));
    },
    stop,
  };
}
