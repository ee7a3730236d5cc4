import { advancesPerFlow, type Contender } from '../contender.ts';
import type { Calls } from '../work/calls.ts';
import type { BenchDocument } from '../work/order-document.ts';
import { confirmationOf } from '../work/order-steps.ts';
import { doJob, firstJob, jobAfterShipment, type OrderJob } from './job-chain.ts';
import { createRendezvous } from './order-walk.ts';
import { loadPeer } from './packages.ts';

interface Job {
  readonly id: string;
  readonly data: OrderJob;
}

/** As much of pg-boss as the bench calls. */
interface Boss {
  on(event: 'error', listener: (error: Error) => void): void;
  start(): Promise<unknown>;
  stop(options: object): Promise<void>;
  createQueue(name: string, options: object): Promise<void>;
  send(name: string, data: OrderJob, options?: object): Promise<string | null>;
  work(name: string, options: object, handler: (jobs: readonly Job[]) => Promise<unknown>): Promise<string>;
}

const queue = 'step';

/** pg-boss: a job for each step; several workers fetch batches and are woken by LISTEN/NOTIFY beside their shortest polling. */
export async function createPgBoss(
  directory: string,
  databaseUrl: string,
  pool: number,
  calls: Calls,
): Promise<Contender> {
  const { PgBoss } = await loadPeer<{ PgBoss: new (options: object) => Boss }>(directory, 'pg-boss');
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: pool,
    useListenNotify: true,
    application_name: 'bench',
  });
  boss.on('error', (error) => process.stderr.write(`pg-boss ${error.message}\n`));
  await boss.start();
  await boss.createQueue(queue, { notify: true });
  const released = createRendezvous<BenchDocument>();
  const ended = createRendezvous<void>();
  let count = 0;

  async function perform({ data }: Job): Promise<void> {
    const { document, next } = await doJob(data, calls);
    const number = document.given.orderNumber;
    if (next === 'released') released.happened(number, document);
    else if (next === 'ended') ended.happened(number, undefined);
    else await boss.send(queue, next);
  }

  await boss.work(
    queue,
    { localConcurrency: 8, batchSize: 32, pollingIntervalSeconds: 0.5 },
    async (jobs: readonly Job[]) => {
      await Promise.all(jobs.map(perform));
    },
  );
  return {
    advances: () => count * advancesPerFlow,
    run: async (order) => {
      const number = order.orderNumber;
      const [leaves, over] = [released.expect(number), ended.expect(number)];
      await boss.send(queue, firstJob(order));
      const document = await leaves;
      const message = confirmationOf(number, document.lines);
      await boss.send(queue, jobAfterShipment(document, message), { singletonKey: message.shipmentNumber });
      await over;
      count += 1;
    },
    close: async () => {
      await boss.stop({ graceful: false });
      await calls.close();
    },
  };
}
