import { isIP, type LookupFunction } from 'node:net';
import { storyOf } from '#business/flows';
import type { OutgoingPolicy } from '#platform/alerts';
import { AddressRefused, findDestination, resolveHost } from '#platform/alerts/runtime';
import type { Log } from '#platform/engine/runtime';
import { createTracing, type Tracing } from '#platform/telemetry';
import { ConfigurationRefused } from './configuration.ts';
import { endpointFailure, type TelemetrySettings } from './telemetry-settings.ts';

const plainOnlyNear =
  'plain HTTP is taken only within an allowed network; write https, or name it in /telemetry/outgoing';

async function addressOf(policy: OutgoingPolicy, url: URL, host: string): Promise<string> {
  const { address, isNear } = await findDestination(policy, resolveHost, host);
  if (url.protocol === 'http:' && !isNear) throw new AddressRefused(plainOnlyNear);
  return address;
}

/** The one address that was checked is the one that is connected to. */
const checkedLookup =
  (policy: OutgoingPolicy, url: URL): LookupFunction =>
  (host, { all }, done) => {
    addressOf(policy, url, host).then(
      (address) => {
        const family = isIP(address);
        if (all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
      (thrown: unknown) => done(thrown instanceof Error ? thrown : new Error(String(thrown)), '', 0),
    );
  };

const tracesPath = '/v1/traces';

/** As OpenTelemetry has it: spans go to `/v1/traces` below the endpoint. */
function spansUrl(endpoint: string): URL {
  const url = new URL(endpoint);
  if (!url.pathname.endsWith(tracesPath)) url.pathname = url.pathname.replace(/\/$/, '') + tracesPath;
  return url;
}

export interface TracesNeeds {
  /** The configuration's file name, for messages. */
  readonly file: string;
  readonly settings: TelemetrySettings | undefined;
  /** Of OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint?: string | undefined;
  readonly node: string;
  readonly log: Log;
  /** How long spans are gathered, ms. */
  readonly everyMs?: number;
}

/** Turns traces on, where the configuration or the environment names a collector. Throws `ConfigurationRefused`. */
export async function openTraces({
  file,
  settings = {},
  node,
  log,
  ...given
}: TracesNeeds): Promise<Tracing | undefined> {
  const { traces, outgoing = {} } = settings;
  const endpoint = traces?.endpoint ?? given.endpoint;
  const share = traces?.sample ?? 1;
  if (endpoint === undefined || endpoint === '' || share === 0) return undefined;
  const failure = endpointFailure(endpoint);
  if (failure !== undefined) throw new ConfigurationRefused(file, [`OTEL_EXPORTER_OTLP_ENDPOINT: ${failure}`]);
  const url = spansUrl(endpoint);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // No name is looked up for an address that stands there as numbers, so it is checked here.
  if (isIP(host) !== 0) {
    await addressOf(outgoing, url, host).catch((thrown: unknown) => {
      const because = thrown instanceof Error ? thrown.message : String(thrown);
      throw new ConfigurationRefused(file, [`/telemetry/traces/endpoint: ${because}`]);
    });
  }
  return createTracing({
    url: url.href,
    share,
    instance: node,
    rootOf: storyOf,
    lookup: checkedLookup(outgoing, url),
    log,
    ...(given.everyMs === undefined ? {} : { everyMs: given.everyMs }),
  });
}
