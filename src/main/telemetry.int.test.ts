import { afterEach, describe, expect, test } from 'vitest';
import type { Tracing } from '#platform/telemetry';
import { type OtlpCollector, startOtlpCollector } from '#platform/telemetry/testing';
import { parseConfiguration } from './configuration.ts';
import { openTraces } from './telemetry.ts';
import type { TelemetrySettings } from './telemetry-settings.ts';

let tracing: Tracing | undefined;
let collector: OtlpCollector | undefined;
afterEach(async () => {
  await tracing?.close();
  await collector?.close();
  tracing = undefined;
  collector = undefined;
});

const said: string[] = [];
const open = async (settings: TelemetrySettings | undefined, endpoint?: string): Promise<Tracing | undefined> => {
  said.length = 0;
  const log = (event: string, details: object) => void said.push(`${event} ${JSON.stringify(details)}`);
  tracing = await openTraces({ file: 'c.json', settings, endpoint, node: 'node-1', log, everyMs: 10 });
  return tracing;
};
const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'x', kind: 'internal', attributes: {} } as const;
const tell = async (traces: Tracing | undefined): Promise<void> => {
  traces?.add({ ...span, startMs: 1, endMs: 2 });
  await traces?.close();
};
const near = { networks: ['127.0.0.0/8', '::1/128'] };

describe('traces', () => {
  test('are off where nobody names a collector, or nothing is to be followed', async () => {
    expect(await open(undefined)).toBeUndefined();
    expect(await open({}, '')).toBeUndefined();
    expect(await open({ traces: { endpoint: 'https://collector.example:4318', sample: 0 } })).toBeUndefined();
  });

  test('go where the configuration says, else where the environment does', async () => {
    collector = await startOtlpCollector();
    await tell(await open({ traces: { endpoint: collector.url }, outgoing: near }, 'https://elsewhere.example'));
    await tell(await open({ outgoing: near }, `${collector.url}/v1/traces`));
    expect(collector.spans().map(({ name, instance }) => [name, instance])).toEqual([
      ['x', 'node-1'],
      ['x', 'node-1'],
    ]);
  });

  test('do not go to a private address that is not allowed by name: as a number the start is refused', async () => {
    for (const endpoint of ['http://127.0.0.1:4318', 'https://[::1]:4318', 'https://169.254.169.254']) {
      await expect(open({ traces: { endpoint } })).rejects.toThrow(/\/telemetry\/traces\/endpoint: .*not public/);
    }
  });

  test('do not go where a name leads to a private address: no connection is made, and the log says why', async () => {
    collector = await startOtlpCollector();
    const endpoint = collector.url.replace('127.0.0.1', 'localhost');
    const traces = await open({ traces: { endpoint } });
    await tell(traces);
    expect(collector.requests()).toBe(0);
    expect(said.join()).toMatch(/traces-not-exported.*not public/);
    await tell(await open({ traces: { endpoint }, outgoing: near }));
    expect(collector.requests()).toBe(1);
  });

  test('are refused with the place of what is wrong', () => {
    const parse = (telemetry: object) => () =>
      parseConfiguration('c.json', {
        sites: ['A'],
        systems: {},
        routing: [{ capability: 'a', instance: 'b' }],
        telemetry,
      });
    expect(parse({ traces: { endpoint: 'collector:4318' } })).toThrow('/telemetry/traces/endpoint');
    expect(parse({ traces: { endpoint: 'https://me:secret@c.example' } })).toThrow('OTEL_EXPORTER_OTLP_HEADERS');
    expect(parse({ traces: { sample: 2 } })).toThrow('/telemetry/traces/sample');
    expect(parse({ outgoing: { networks: ['10.0.0.1'] } })).toThrow('/telemetry/outgoing/networks/0');
    expect(parse({ figures: true })).toThrow('/telemetry/figures');
  });
});
