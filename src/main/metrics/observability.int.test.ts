import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import { createGateway } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog, type Registry } from '#platform/telemetry';
import { beginObservation } from '../observation.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Figure {
  readonly name: string;
  readonly labels: readonly string[];
  readonly isHistogram: boolean;
  readonly help: string;
}

let own: TestDatabase;
let registry: Registry;
let figures: readonly Figure[];
beforeAll(async () => {
  own = await testDatabase();
  const log = (): void => undefined;
  const configuration = { sites: ['NORTH'], systems: {}, routing: [] };
  const observation = await beginObservation({ file: 'test', configuration, node: 'node-1', log });
  registry = observation.registry;
  const commits = { batches: 0, advances: 0, lostRaces: 0, repeated: 0, unwritable: 0, recovered: 0, waiting: 0 };
  observation.measure({
    engine: {
      metrics: () => ({ runs: [], lanes: [], commits, hotRuns: 0, timersArmed: 0 }),
      health: () => ({ node: 'node-1', isReplaced: false, holdsLease: true, stuckMs: 0 }),
      lanes: async () => [],
    },
    ...{ database: own.database, feeds: [], feedDesk: { feeds: async () => [] }, summary: async () => [] },
    subscribers: [{ name: 'reactions' }],
  });
  createGateway({
    ...{ apis: [], needs: {}, database: own.database, log: createLog({ level: 'silent' }), metrics: { registry } },
  });
  const all = registry.getMetricsAsArray() as unknown as readonly {
    readonly name: string;
    readonly labelNames?: readonly string[];
    readonly help: string;
    readonly constructor: { readonly name: string };
  }[];
  figures = all.map(({ name, labelNames = [], help, constructor: kind }) => ({
    ...{ name, help, labels: labelNames.filter((label) => label !== 'le') },
    isHistogram: kind.name === 'Histogram',
  }));
});
afterAll(() => own.drop());

const isOurs = ({ name }: Figure): boolean => !/^(process|nodejs)_/.test(name);

/** Rows `| figure | labels | … |` of the page. */
const documented = (): readonly { readonly name: string; readonly labels: readonly string[] }[] =>
  [...read('docs/observability.md').matchAll(/^\| `([a-z_]+)` \| ([a-z, ]*) ?\| .+ \|$/gm)].map(
    ([, name = '', labels = '']) => ({
      name,
      labels: labels.split(',').flatMap((label) => (label.trim() === '' ? [] : [label.trim()])),
    }),
  );

const recordings = [...read('observability/prometheus/crossdock.recording.yml').matchAll(/- record: (\S+)/g)].map(
  ([, name = '']) => name,
);

/** What Prometheus itself tells of a target, and of alerts. */
const prometheusOwn = ['up', 'ALERTS'];

/** Every series that a text of PromQL names, with the labels that it asks for. */
function seriesIn(promql: string): readonly { readonly name: string; readonly labels: readonly string[] }[] {
  return [...promql.matchAll(/\b((?:crossdock|http|nodejs|process)[_:][a-z0-9_:]*)(?:\{([^}]*)\})?/g)].map(
    ([, name = '', selectors = '']) => ({
      name,
      labels: [...selectors.matchAll(/([a-z_]+) *(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    }),
  );
}

/** Which of the series are not told by the program, or not with those labels. */
function unknownIn(promql: string): readonly string[] {
  return seriesIn(promql).flatMap(({ name, labels }) => {
    if (recordings.includes(name) || prometheusOwn.includes(name)) return [];
    const figure = figures.find(
      (each) => each.name === name || (each.isHistogram && name.replace(/_(bucket|sum|count)$/, '') === each.name),
    );
    if (figure === undefined) return [name];
    const known = [...figure.labels, 'instance', 'job'];
    return labels.filter((label) => !known.includes(label)).map((label) => `${name}{${label}}`);
  });
}

const expressions = (file: string): readonly string[] =>
  [...read(file).matchAll(/^ +expr: (?:>\n((?: {10}.*\n)+)|(.+)$)/gm)].map(([, block, line]) =>
    (block ?? line ?? '').trim(),
  );

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

describe('the figures', () => {
  test('are each in docs/observability.md with their labels, and nothing else is', () => {
    const sorted = (all: readonly { readonly name: string; readonly labels: readonly string[] }[]) =>
      all.map(({ name, labels }) => `${name} ${[...labels].toSorted().join(' ')}`).toSorted();
    expect(sorted(documented())).toEqual(sorted(figures.filter(isOurs)));
  });

  test('say what they are, and are told though nothing has happened yet', async () => {
    expect(figures.filter(({ help }) => help.length < 20).map(({ name }) => name)).toEqual([]);
    const text = await registry.metrics();
    expect(text).toContain('crossdock_subscriber_lag_facts{subscriber="reactions"} 0');
    expect(text).toContain('crossdock_inbox_messages 0');
    expect(text).toContain('crossdock_node{node="node-1",figure="holds-lease"} 1');
  });

  test('have no label that could hold a key of business', () => {
    const labels = new Set(figures.filter(isOurs).flatMap((figure) => figure.labels));
    const few = [
      'api',
      'cause',
      'currency',
      'effect',
      'feed',
      'figure',
      'flow',
      'health',
      'kind',
      'lane',
      'metric',
      'node',
    ];
    const more = [
      'operation',
      'outcome',
      'priority',
      'purpose',
      'quantile',
      'severity',
      'state',
      'status',
      'subscriber',
      'system',
    ];
    expect([...labels].toSorted()).toEqual([...few, ...more].toSorted());
  });

  test('that cannot be measured are absent, and take nothing else with them', async () => {
    const gone = await testDatabase();
    const log = (): void => undefined;
    const configuration = { sites: ['NORTH'], systems: {}, routing: [] };
    const { registry: other, measure } = await beginObservation({ file: 'test', configuration, node: 'node-2', log });
    measure({
      engine: {
        metrics: () => ({ runs: [], lanes: [], commits: {} as never, hotRuns: 0, timersArmed: 0 }),
        health: () => ({ node: 'node-2', isReplaced: false, holdsLease: true, stuckMs: 7_000 }),
        lanes: () => Promise.reject(new Error('the database is away')),
      },
      ...{ database: gone.database, feeds: [], feedDesk: { feeds: async () => [] }, summary: async () => [] },
      subscribers: [],
    });
    await gone.drop();
    await other.metrics();
    const text = await other.metrics();
    expect(text).toContain('crossdock_node{node="node-2",figure="stuck-seconds"} 7');
    expect(text).toMatch(/crossdock_measurement_failures_total\{metric="crossdock_open_cases"\} [12]/);
    expect(text).toMatch(/crossdock_measurement_failures_total\{metric="crossdock_lane_held"\} [12]/);
    expect(text).not.toMatch(/^crossdock_open_cases\{/m);
  });
});

describe('the ready-made files', () => {
  test.each(['crossdock.recording.yml', 'crossdock.rules.yml'])('%s asks only for what is told', (file) => {
    const asked = expressions(`observability/prometheus/${file}`);
    expect(asked.length).toBeGreaterThan(9);
    expect(asked.flatMap(unknownIn)).toEqual([]);
  });

  test('the dashboard asks only for what is told', () => {
    const { panels } = JSON.parse(read('observability/grafana/crossdock.json')) as {
      readonly panels: readonly Panel[];
    };
    const asked = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(asked.length).toBeGreaterThan(25);
    expect(asked.flatMap(unknownIn)).toEqual([]);
  });

  test('the check finds a figure and a label that are not there', () => {
    expect(unknownIn('rate(crossdock_effects_total[5m])')).toEqual(['crossdock_effects_total']);
    expect(unknownIn('sum(crossdock_lane_held{status="paused"})')).toEqual(['crossdock_lane_held{status}']);
  });

  test('rules name only states that there are, each has a runbook, and none is told apart by what does not exist', () => {
    const rules = read('observability/prometheus/crossdock.rules.yml');
    const states = new Set(
      [orderToCash, fulfilment, orderNews, customerNotices].flatMap(({ table }) => Object.keys(table.states)),
    );
    const named = [...rules.matchAll(/stage_oldest_age_seconds\{state=~"([^"]+)"/g)].flatMap(([, list = '']) =>
      list.split('|'),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((state) => !states.has(state))).toEqual([]);
    const alerts = rules.split('- alert: ').slice(1);
    expect(alerts.filter((alert) => !/runbook: ['"].{60,}['"]/.test(alert))).toEqual([]);
    expect(alerts.filter((alert) => !/severity: (critical|warning|info)$/m.test(alert))).toEqual([]);
  });
});
