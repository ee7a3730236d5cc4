import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../journeys/support/eventually.ts';
import { type Installation, openInstallation } from '../journeys/support/installation.ts';
import { hearts, orderOf } from '../journeys/support/orders.ts';
import { prometheusTools } from './support/prometheus-tools.ts';
import { type RealPrometheus, startPrometheus } from './support/real-prometheus.ts';

const run = promisify(execFile);
const observability = join(import.meta.dirname, '../../observability');
const rulesFolder = join(observability, 'prometheus');

interface ToldAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

let tools: Awaited<ReturnType<typeof prometheusTools>>;
beforeAll(async () => {
  tools = await prometheusTools();
});

describe('the ready-made files, by Prometheus’ own tools', () => {
  test('are rules and configurations', async () => {
    const files = ['crossdock.recording.yml', 'crossdock.rules.yml'];
    await run(tools.promtool, ['check', 'rules', ...files], { cwd: rulesFolder });
    await run(tools.promtool, ['check', 'config', 'prometheus.yml'], { cwd: rulesFolder });
    await run(tools.amtool, ['check-config', join(observability, 'alertmanager/alertmanager.yml')]);
  });

  test('fire when they should, and the unit tests notice when they do not', async () => {
    await run(tools.promtool, ['test', 'rules', 'crossdock.rules.test.yml'], { cwd: rulesFolder });
    const folder = await mkdtemp(join(tmpdir(), 'crossdock-rules-'));
    try {
      for (const file of ['crossdock.recording.yml', 'crossdock.rules.test.yml'])
        copyFileSync(join(rulesFolder, file), join(folder, file));
      const rules = readFileSync(join(rulesFolder, 'crossdock.rules.yml'), 'utf8');
      const bounds = [
        '> 28800',
        '> 7200',
        ') > 300',
        '> 0.01',
        'breaker-open|',
        'holds-lease"} == 0',
        'health="silent"',
      ];
      for (const bound of bounds) {
        expect(rules).toContain(bound);
        const spoilt = bound
          .replace(/[\d.]+$/, '999999')
          .replace('breaker-open|', '')
          .replace('silent', 'quiet');
        writeFileSync(join(folder, 'crossdock.rules.yml'), rules.replace(bound, spoilt));
        const testing = run(tools.promtool, ['test', 'rules', 'crossdock.rules.test.yml'], { cwd: folder });
        await expect(testing, `with ${spoilt} in the place of ${bound}`).rejects.toThrow();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a running Crossdock, watched by a real Prometheus and a real Alertmanager', () => {
  let site: Installation;
  let receiver: Server;
  let prometheus: RealPrometheus;
  const told: ToldAlert[] = [];
  beforeAll(async () => {
    site = await openInstallation();
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { alerts } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        readonly alerts: readonly ToldAlert[];
      };
      told.push(...alerts);
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const webhook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    prometheus = await startPrometheus(tools, { targets: [new URL(site.url()).host], webhook });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await site?.stop();
    receiver?.closeAllConnections();
    await new Promise((resolve) => receiver?.close(resolve) ?? resolve(undefined));
  });

  const value = async (promql: string): Promise<number | undefined> => (await prometheus.query(promql))[0]?.value;
  const alertOf = (status: ToldAlert['status']): Promise<ToldAlert> =>
    eventually(
      `the alert to be ${status}`,
      () => told.find((alert) => alert.labels.alertname === 'CrossdockLaneDown' && alert.status === status),
      { withinMs: 60_000, soFar: async () => JSON.stringify(told) },
    );

  test('is scraped whole, and its figures are those of the orders that went through', async () => {
    const answer = await site.api.submit(orderOf([hearts('1')]));
    await site.api.in(String(answer.json.orderNumber), 'completed');
    await eventually('a scrape', async () => ((await value('up{job="crossdock"}')) === 1 ? true : undefined));
    expect(await prometheus.targetErrors()).toEqual([]);
    const done = 'sum(crossdock_effect_seconds_count{effect="book-in-erp",outcome="done"})';
    await eventually('the booking', async () => ((await value(done)) === 1 ? true : undefined));
    await eventually('a stay', async () =>
      ((await value('sum(crossdock_stage_seconds_count{state="booking"})')) ?? 0) >= 1 ? true : undefined,
    );
    expect(await value('count(crossdock_feed_health)')).toBeGreaterThanOrEqual(3);
    expect((await value('crossdock_measurement_failures_total')) ?? 0).toBe(0);
  });

  test('tells of a system that is away, with what to do, and that it is back', async () => {
    expect(told.filter(({ labels }) => labels.alertname === 'CrossdockLaneDown')).toEqual([]);
    await site.erp.turn({ outage: true });
    const numbers: string[] = [];
    for (let order = 0; order < 6; order += 1) {
      numbers.push(String((await site.api.submit(orderOf([hearts('1')]))).json.orderNumber));
    }
    const firing = await alertOf('firing');
    expect(firing.labels).toEqual({ alertname: 'CrossdockLaneDown', lane: 'erp-main', severity: 'critical' });
    expect(firing.annotations.summary).toBe('erp-main does not answer; its work is kept');
    expect(firing.annotations.runbook).toContain('/api/lanes/v1/lanes/erp-main');
    const waiting = 'sum(crossdock_stage_runs{flow="order-to-cash",state="checking"})';
    await eventually('the orders that wait', async () => (((await value(waiting)) ?? 0) >= 6 ? true : undefined));

    await site.erp.turn({ outage: false });
    await alertOf('resolved');
    for (const number of numbers) await site.api.in(number, 'completed');
  });
});
