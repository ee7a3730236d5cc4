import pg from 'pg';
import { advancesPerFlow, type Contender } from '../contender.ts';
import type { Calls } from '../work/calls.ts';
import type { BenchDocument } from '../work/order-document.ts';
import { confirmationOf } from '../work/order-steps.ts';
import { doJob, firstJob, jobAfterShipment, type OrderJob } from './job-chain.ts';
import { createRendezvous } from './order-walk.ts';
import { loadPeer } from './packages.ts';

/** As much of graphile-worker as the bench calls. */
interface GraphileWorker {
  run(options: object): Promise<Runner>;
}
interface Runner {
  addJob(task: string, payload: unknown, spec?: object): Promise<unknown>;
  stop(): Promise<void>;
}

const noLog = Object.assign(() => noLog, {
  scope: () => noLog,
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
});

/** graphile-worker: a job for each step, with a local queue and batched completions as its manual advises for high load. */
export async function createGraphileWorker(
  directory: string,
  databaseUrl: string,
  pool: number,
  calls: Calls,
): Promise<Contender> {
  const worker = await loadPeer<GraphileWorker>(directory, 'graphile-worker');
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: pool });
  pgPool.on('error', () => undefined);
  const released = createRendezvous<BenchDocument>();
  const ended = createRendezvous<void>();
  let count = 0;
  const runner: Runner = await worker.run({
    pgPool,
    concurrency: 128,
    noHandleSignals: true,
    logger: noLog,
    preset: {
      worker: {
        concurrentJobs: 128,
        maxPoolSize: pool,
        pollInterval: 2_000,
        localQueue: { size: 256, refetchDelay: { durationMs: 5, threshold: 0 } },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    taskList: {
      step: async (payload: OrderJob) => {
        const { document, next } = await doJob(payload, calls);
        const number = document.given.orderNumber;
        if (next === 'released') released.happened(number, document);
        else if (next === 'ended') ended.happened(number, undefined);
        else await runner.addJob('step', next);
      },
    },
  });
  return {
    advances: () => count * advancesPerFlow,
    run: async (order) => {
      const number = order.orderNumber;
      const [leaves, over] = [released.expect(number), ended.expect(number)];
      await runner.addJob('step', firstJob(order));
      const document = await leaves;
      const message = confirmationOf(number, document.lines);
      await runner.addJob('step', jobAfterShipment(document, message), { jobKey: message.shipmentNumber });
      await over;
      count += 1;
    },
    close: async () => {
      await runner.stop();
      await pgPool.end();
      await calls.close();
    },
  };
}
