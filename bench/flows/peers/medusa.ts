import pg from 'pg';
import type { Order } from '#model/canonical';
import { advancesPerFlow, type Contender } from '../contender.ts';
import { boundedCall, type Calls } from '../work/calls.ts';
import { type BenchDocument, beginDocument } from '../work/order-document.ts';
import {
  applyShipment,
  confirmationOf,
  type OrderStep,
  stepsAfterShipment,
  stepsBeforeShipment,
} from '../work/order-steps.ts';
import { createRendezvous, keyOf } from './order-walk.ts';
import { loadPeer } from './packages.ts';

/** A checkpoint as Medusa hands it to its storage. */
interface Checkpoint {
  readonly flow: { readonly transactionId: string; readonly state: string };
}

/** As much of Medusa's workflows as the bench calls. */
interface Orchestration {
  readonly DistributedTransaction: { setStorage(storage: object): void };
  readonly DistributedTransactionStorage: abstract new () => object;
}
type Step = (document: unknown) => unknown;
interface WorkflowsSdk {
  createStep(options: object, invoke: (document: BenchDocument) => Promise<unknown>): Step;
  createWorkflow(options: object, compose: (input: unknown) => unknown): (container?: object) => Workflow;
  readonly StepResponse: new (value: unknown) => unknown;
  readonly WorkflowResponse: new (value: unknown) => unknown;
}
interface Workflow {
  run(options: object): Promise<unknown>;
  registerStepSuccess(options: object): Promise<unknown>;
}

const table = `create table if not exists workflow_execution (
  key text primary key, transaction_id text not null, state text not null, execution jsonb not null,
  updated_at timestamptz not null default now()
)`;

/** One checkpoint over the last one, as the engine's own module keeps its executions. */
const saveCheckpoint = `insert into workflow_execution (key, transaction_id, state, execution) values ($1, $2, $3, $4)
on conflict (key) do update set state = excluded.state, execution = excluded.execution, updated_at = now()`;

/**
 * Medusa's workflow engine with its checkpoints in PostgreSQL, one row for each execution as its own module keeps them, but written
 * straight through `pg` and not through the module's object mapper: to its advantage.
 */
export async function createMedusa(
  directory: string,
  databaseUrl: string,
  size: number,
  calls: Calls,
): Promise<Contender> {
  const orchestration = await loadPeer<Orchestration>(directory, '@medusajs/orchestration');
  const sdk = await loadPeer<WorkflowsSdk>(directory, '@medusajs/workflows-sdk');
  const pool = new pg.Pool({ connectionString: databaseUrl, max: size });
  pool.on('error', () => undefined);
  await pool.query(table);
  const live = new Map<string, Checkpoint>();

  class Storage extends orchestration.DistributedTransactionStorage {
    async get(key: string): Promise<Checkpoint | undefined> {
      return live.get(key);
    }
    async save(key: string, checkpoint: Checkpoint): Promise<Checkpoint> {
      const { transactionId, state } = checkpoint.flow;
      await pool.query({
        name: 'save',
        text: saveCheckpoint,
        values: [key, transactionId, state, JSON.stringify(checkpoint)],
      });
      if (state === 'done') live.delete(key);
      else live.set(key, checkpoint);
      return checkpoint;
    }
    async scheduleRetry(): Promise<void> {}
    async clearRetry(): Promise<void> {}
    async scheduleTransactionTimeout(): Promise<void> {}
    async clearTransactionTimeout(): Promise<void> {}
    async scheduleStepTimeout(): Promise<void> {}
    async clearStepTimeout(): Promise<void> {}
    async clearExpiredExecutions(): Promise<void> {}
  }
  orchestration.DistributedTransaction.setStorage(new Storage());

  const released = createRendezvous<BenchDocument>();
  const ended = createRendezvous<void>();
  const stepOf = (step: OrderStep): Step =>
    sdk.createStep({ name: step.name, saveResponse: true }, async (document) => {
      const { given } = document;
      const answer = await calls.call(
        step.name,
        boundedCall(keyOf(given, step)),
        step.ask(document),
        given.lines.length,
      );
      return new sdk.StepResponse(step.apply(document, answer));
    });
  const begin = sdk.createStep({ name: 'begin' }, async (order) =>
    Promise.resolve(new sdk.StepResponse(beginDocument(order as unknown as Order))),
  );
  /** Without an answer an asynchronous step waits for the one that is registered from outside. */
  const awaitShipment = sdk.createStep({ name: 'await-shipment', async: true }, async (document) => {
    released.happened(document.given.orderNumber, document);
  });
  const end = sdk.createStep({ name: 'end' }, async (document) => {
    ended.happened(document.given.orderNumber, undefined);
    return Promise.resolve(new sdk.StepResponse(null));
  });
  const before = stepsBeforeShipment.map(stepOf);
  const after = stepsAfterShipment.map(stepOf);
  const workflow = sdk.createWorkflow({ name: 'order', store: true, retentionTime: 3_600 }, (input) => {
    const document = [begin, ...before, awaitShipment, ...after].reduce((given, step) => step(given), input);
    return new sdk.WorkflowResponse(end(document));
  });
  let count = 0;
  return {
    advances: () => count * advancesPerFlow,
    run: async (order) => {
      const number = order.orderNumber;
      const [leaves, over] = [released.expect(number), ended.expect(number)];
      await workflow().run({ input: order, context: { transactionId: number } });
      const document = await leaves;
      const response = applyShipment(document, confirmationOf(number, document.lines));
      await workflow().registerStepSuccess({ idempotencyKey: `order:${number}:await-shipment:invoke`, response });
      await over;
      count += 1;
    },
    close: async () => {
      await pool.end();
      await calls.close();
    },
  };
}
