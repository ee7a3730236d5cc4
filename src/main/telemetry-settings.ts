import { type Static, Type } from 'typebox';
import { isNetwork } from '#platform/alerts/runtime';
import { outgoingSettings } from './alerts-settings.ts';

const closed = { additionalProperties: false } as const;

/** How an installation is watched from outside. */
export const telemetrySettings = Type.Object(
  {
    /** Absent, and without OTEL_EXPORTER_OTLP_ENDPOINT: no traces, at no cost. */
    traces: Type.Optional(
      Type.Object(
        {
          /** Where a collector takes OTLP over HTTP, e.g. `https://collector.example:4318`; default OTEL_EXPORTER_OTLP_ENDPOINT. */
          endpoint: Type.Optional(Type.String({ minLength: 1 })),
          /** Which part of all orders is followed, 0 to 1; default 1. An order is followed whole or not at all. */
          sample: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
        },
        closed,
      ),
    ),
    /** Where traces may be sent beside public addresses. */
    outgoing: Type.Optional(outgoingSettings),
  },
  closed,
);
export type TelemetrySettings = Static<typeof telemetrySettings>;

/** What is wrong with a collector's address, or undefined. */
export function endpointFailure(endpoint: string): string | undefined {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'it is no address of the web; write https://host:4318';
  if (url.username !== '' || url.password !== '')
    return 'it carries a name or password; give them by OTEL_EXPORTER_OTLP_HEADERS';
  return undefined;
}

/** What the schema cannot see, each line with its place. */
export function telemetryFailures({ traces, outgoing }: TelemetrySettings = {}): readonly string[] {
  const endpoint = traces?.endpoint === undefined ? undefined : endpointFailure(traces.endpoint);
  return [
    ...(endpoint === undefined ? [] : [`/telemetry/traces/endpoint: ${endpoint}`]),
    ...(outgoing?.networks ?? []).flatMap((network, index) =>
      isNetwork(network)
        ? []
        : [`/telemetry/outgoing/networks/${index}: ${network} is no network; write it as 10.20.0.0/16`],
    ),
  ];
}
