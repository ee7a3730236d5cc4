import type { Order } from '#model/canonical';
import { advancesPerFlow, type Contender } from '../contender.ts';
import { boundedCall, type Calls } from '../work/calls.ts';
import type { BenchDocument, ShipmentConfirmation } from '../work/order-document.ts';
import { confirmationOf } from '../work/order-steps.ts';
import { createRendezvous, keyOf, walkOrder } from './order-walk.ts';
import { loadPeer } from './packages.ts';

/** As much of DBOS as the bench calls. */
interface Dbos {
  setConfig(config: object): void;
  launch(): Promise<void>;
  shutdown(): Promise<void>;
  registerWorkflow<Result>(run: (order: Order) => Promise<Result>, config: object): (order: Order) => Promise<Result>;
  startWorkflow<Result>(
    run: (order: Order) => Promise<Result>,
    options: { readonly workflowID: string },
  ): (order: Order) => Promise<{ getResult(): Promise<Result> }>;
  runStep<Result>(step: () => Promise<Result>, config: { readonly name: string }): Promise<Result>;
  recv<Message>(topic: string, timeoutSeconds: number): Promise<Message | null>;
  send(workflowId: string, message: unknown, topic: string, idempotencyKey: string): Promise<void>;
}

/** DBOS: a workflow whose steps are checkpointed in PostgreSQL, and a message to it. */
export async function createDbos(
  directory: string,
  databaseUrl: string,
  pool: number,
  calls: Calls,
): Promise<Contender> {
  const { DBOS } = await loadPeer<{ DBOS: Dbos }>(directory, '@dbos-inc/dbos-sdk');
  const released = createRendezvous<BenchDocument>();
  let ended = 0;
  const placeOrder = DBOS.registerWorkflow(
    async (order) => {
      await walkOrder(order, {
        call: (step, request) =>
          DBOS.runStep(() => calls.call(step.name, boundedCall(keyOf(order, step)), request, order.lines.length), {
            name: step.name,
          }),
        released: (document) => released.happened(order.orderNumber, document),
        shipment: async () => {
          const message = await DBOS.recv<ShipmentConfirmation>('shipment', 3_600);
          if (message === null) throw new Error(`order ${order.orderNumber}: the warehouse is silent`);
          return message;
        },
      });
    },
    { name: 'order' },
  );
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: pool,
    logLevel: 'error',
  });
  await DBOS.launch();
  return {
    // It takes as many steps as the others; it does not count them.
    advances: () => ended * advancesPerFlow,
    run: async (order) => {
      const workflowID = order.orderNumber;
      const leaves = released.expect(workflowID);
      const handle = await DBOS.startWorkflow(placeOrder, { workflowID })(order);
      const message = confirmationOf(workflowID, (await leaves).lines);
      await DBOS.send(workflowID, message, 'shipment', message.shipmentNumber);
      await handle.getResult();
      ended += 1;
    },
    close: async () => {
      await DBOS.shutdown();
      await calls.close();
    },
  };
}
