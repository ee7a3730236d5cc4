import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginObservation } from '#main';
import type { Flow } from '#platform/engine';
import { type Engine, type EngineNeeds, runHistories } from '#platform/engine/runtime';
import { createProgress } from '#platform/progress';
import { createLeadership, type Database } from '#platform/storage';

/** Everything that watches an engine, as the platform has it. */
export interface Observed {
  readonly engine: Required<Pick<EngineNeeds, 'onAdvanced' | 'watch'>>;
  /** Reads all figures each second, as a scraper does, and logs them. */
  begin(engine: Engine): void;
  /** Before the engine's end. */
  rest(): void;
  /** After it. */
  stop(): Promise<void>;
}

const say = (event: string, details: object): void => {
  process.stderr.write(`observed ${event} ${JSON.stringify(details)}\n`);
};

/** Keeps the rows of lists, counts, and traces every order to `collector` where one is named. */
export async function observe(
  database: Database,
  { flows, collector }: { readonly flows: readonly Flow[]; readonly collector: string | undefined },
): Promise<Observed> {
  const leadership = createLeadership(database);
  const traces = collector === undefined ? {} : { traces: { endpoint: collector, sample: 1 } };
  const telemetry = { ...traces, outgoing: { networks: ['127.0.0.0/8'] } };
  const configuration = { sites: [], systems: {}, routing: [], telemetry };
  const observation = await beginObservation({ file: 'bench', configuration, node: 'bench', log: say });
  const progress = createProgress({
    ...{ database, flows, lead: leadership.lead, log: say, stayed: observation.stayed },
    histories: (ids) => runHistories(database, ids),
  });
  const log = createWriteStream(join(tmpdir(), `crossdock-bench-${process.pid}.log`));
  let timer: NodeJS.Timeout | undefined;
  return {
    engine: {
      watch: observation.watch,
      onAdvanced: (advanced) => {
        progress.advanced(advanced);
        observation.advanced(advanced);
      },
    },
    begin: (engine) => {
      observation.measure({
        ...{ engine, database, feeds: [], feedDesk: { feeds: async () => [] }, summary: progress.summary },
        subscribers: [],
      });
      timer = setInterval(() => void observation.registry.metrics().then((text) => log.write(text)), 1_000);
    },
    rest: () => clearInterval(timer),
    stop: async () => {
      await observation.close();
      const spans = (await observation.registry.metrics()).match(/^crossdock_trace_spans_total.*$/gm);
      if (spans !== null) say('spans', spans);
      await progress.stop();
      await leadership.close();
      log.end();
    },
  };
}
