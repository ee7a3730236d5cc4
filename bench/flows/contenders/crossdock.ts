import { createEngine, type RunView } from '#platform/engine/runtime';
import { openDatabase } from '#platform/storage';
import type { Contender, ContenderOptions } from '../contender.ts';
import type { Calls } from '../work/calls.ts';
import type { BenchDocument } from '../work/order-document.ts';
import { confirmationOf } from '../work/order-steps.ts';
import { benchFlow, Shipped } from './bench-flow.ts';
import { observe } from './observe.ts';

/** As `main` opens it. */
const poolSize = 20;
const patienceMs = 120_000;

const isAwaiting = ({ state }: RunView): boolean => state === 'awaiting-shipment';
const isEnded = ({ phase }: RunView): boolean => phase === 'ended';

type CrossdockOptions = Pick<ContenderOptions, 'node' | 'leaseMs' | 'isObserved' | 'collector'>;

/** The engine with its settings as they are in the product; orders come and go by its own door. */
export async function createCrossdock(
  databaseUrl: string,
  calls: Calls,
  { node, leaseMs, isObserved = false, collector }: CrossdockOptions = {},
): Promise<Contender> {
  const database = openDatabase({ url: databaseUrl, poolSize, applicationName: 'bench-crossdock' });
  const provider = {
    instance: 'stub',
    verbs: calls,
    lane: { concurrency: 128 },
    verb: () => ({ class: 'keyed' as const }),
  };
  const observation = isObserved ? await observe(database, { flows: [benchFlow], collector }) : undefined;
  const engine = await createEngine(
    {
      database,
      flows: [benchFlow],
      ...observation?.engine,
      providers: { choose: () => provider, named: () => provider },
      log: (event, details) => process.stderr.write(`crossdock ${event} ${JSON.stringify(details)}\n`),
    },
    { ...(node === undefined ? {} : { node }), ...(leaseMs === undefined ? {} : { leaseMs }) },
  );
  observation?.begin(engine);
  const flow = benchFlow.name;

  async function until(key: string, holds: (run: RunView) => boolean): Promise<RunView> {
    const run = await engine.waitFor(flow, key, holds, patienceMs);
    if (run) return run;
    throw new Error(`order ${key} stands still: ${JSON.stringify(await engine.view(flow, key))}`);
  }

  return {
    advances: () => engine.metrics().commits.advances,
    run: async (order) => {
      const key = order.orderNumber;
      await engine.start({ flow, key, input: order, source: 'api:bench' });
      const { document } = await until(key, isAwaiting);
      const data = confirmationOf(key, (document as BenchDocument).lines);
      await engine.deliver([{ flow, key, id: data.shipmentNumber, source: 'wms-north', type: Shipped.name, data }]);
      await until(key, isEnded);
    },
    close: async () => {
      observation?.rest();
      await engine.stop();
      await observation?.stop();
      await database.close();
      await calls.close();
    },
  };
}
