import { Registry } from 'prom-client';
import type { Database } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import type { Api } from '../api.ts';
import type { PeopleDoor } from '../people-door.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../runtime/gateway.ts';

/** A gateway that is up, and what it wrote into its log. */
export interface TriedGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly lines: string[];
}

/** Serves the given on a free port, checking its own answers. */
export async function gatewayWith<Needs>(
  given: {
    readonly database: Database;
    readonly apis?: readonly Api<Needs>[];
    readonly needs: Needs;
    readonly people?: PeopleDoor;
  },
  options: GatewayOptions = {},
): Promise<TriedGateway> {
  const lines: string[] = [];
  const log = createLog({ destination: { write: (line) => void lines.push(line) } });
  const gateway = createGateway(
    { apis: [], ...given, log, metrics: { registry: new Registry() } },
    { checkAnswers: true, ...options },
  );
  return { gateway, lines, ...(await gateway.listen()) };
}
