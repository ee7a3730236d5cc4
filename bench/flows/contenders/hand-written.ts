import type { Order } from '#model/canonical';
import { openDatabase } from '#platform/storage';
import type { Contender } from '../contender.ts';
import { boundedCall, type Calls } from '../work/calls.ts';
import { type BenchDocument, beginDocument } from '../work/order-document.ts';
import {
  applyShipment,
  confirmationOf,
  factData,
  type OrderStep,
  shipmentFact,
  stepsAfterShipment,
  stepsBeforeShipment,
} from '../work/order-steps.ts';
import { handWrittenTables, intake, type StepShape, stepStatement } from './hand-written-sql.ts';

const deadlineMs = 4 * 3_600_000;

interface Move {
  readonly document: BenchDocument;
  readonly state: string;
  readonly entry: object;
  /** Key of the effect that this settles. */
  readonly settles?: string;
  /** The effect that is asked next. */
  readonly next?: OrderStep | undefined;
  readonly tells?: string | undefined;
  readonly receives?: { readonly source: string; readonly id: string };
}

const keyOf = (order: Order, step: OrderStep): string => `order:${order.orderNumber}:${step.name}:once`;

function changing({ given: _, ...rest }: BenchDocument): string {
  return JSON.stringify(rest);
}

/**
 * What a careful engineer writes by hand with the same duties: for each step one statement in one round trip, prepared, which
 * moves the order on from the version it was read at and writes its effect, journal row, outbox row, receipt and deadline; one
 * commit per step, on a pool of connections.
 */
export async function createHandWritten(databaseUrl: string, pool: number, calls: Calls): Promise<Contender> {
  const database = openDatabase({ url: databaseUrl, poolSize: pool, applicationName: 'bench-hand-written' });
  // The product's connections look into a schema of their own name; ours is made there.
  await database.pool.query(`create schema if not exists crossdock; ${handWrittenTables}`);
  let advances = 0;
  const statements = new Map<string, ReturnType<typeof stepStatement>>();

  function statementFor(shape: StepShape): ReturnType<typeof stepStatement> {
    const name = JSON.stringify(shape);
    const known = statements.get(name);
    if (known) return known;
    const made = stepStatement(shape);
    statements.set(name, made);
    return made;
  }

  async function place(order: Order, document: BenchDocument, first: OrderStep, request: unknown): Promise<string> {
    const at = new Date();
    const entry = JSON.stringify({ started: 'api:bench', entered: first.name, asked: first.name, request });
    const { rows } = await database.pool.query<{ id: string }>({
      name: 'intake',
      text: intake,
      values: [
        order.orderNumber,
        first.name,
        at.toISOString(),
        changing(document),
        JSON.stringify(order),
        keyOf(order, first),
        first.name,
        entry,
        new Date(at.getTime() + deadlineMs).toISOString(),
      ],
    });
    advances += 1;
    const id = rows[0]?.id;
    if (id === undefined) throw new Error(`order ${order.orderNumber} was not placed`);
    return id;
  }

  async function write(id: string, version: number, order: Order, move: Move): Promise<void> {
    const { document, next, settles, tells, receives } = move;
    const at = new Date();
    const ends = next === undefined && receives === undefined && move.state === 'invoiced';
    const shape = {
      settles: settles !== undefined,
      asks: next !== undefined,
      tells: tells !== undefined,
      receives: receives !== undefined,
      ends,
    };
    const statement = statementFor(shape);
    const values = [
      id,
      version,
      move.state,
      at.toISOString(),
      changing(document),
      JSON.stringify(move.entry),
      new Date(at.getTime() + deadlineMs).toISOString(),
      settles,
      next && keyOf(order, next),
      next?.name,
      tells,
      order.orderNumber,
      tells && JSON.stringify(factData(document)),
      receives?.source,
      receives?.id,
    ];
    const { rowCount } = await database.pool.query({
      name: statement.name,
      text: statement.text,
      values: statement.used.map((number) => values[number - 1]),
    });
    advances += 1;
    if (rowCount !== 1) throw new Error(`order ${order.orderNumber} was moved on by somebody else`);
  }

  return {
    advances: () => advances,
    run: async (order) => {
      let document = beginDocument(order);
      const [first, ...rest] = stepsBeforeShipment;
      if (first === undefined) return;
      let request = first.ask(document);
      const id = await place(order, document, first, request);
      let version = 1;

      /** What is asked next, with its request worked out once for the journal and the call. */
      const askNext = (next: OrderStep | undefined): object => {
        if (next === undefined) return {};
        request = next.ask(document);
        return { asked: next.name, request };
      };

      const take = async (step: OrderStep, next: OrderStep | undefined, after: string): Promise<void> => {
        const settles = keyOf(order, step);
        const answer = await calls.call(step.name, boundedCall(settles), request, order.lines.length);
        document = step.apply(document, answer);
        const state = next?.name ?? after;
        const entry = { settled: step.name, answer, entered: state, ...askNext(next) };
        await write(id, version, order, { document, state, entry, settles, next, tells: step.tells });
        version += 1;
      };

      for (const [index, step] of stepsBeforeShipment.entries()) await take(step, rest[index], 'awaiting-shipment');
      const message = confirmationOf(order.orderNumber, document.lines);
      document = applyShipment(document, message);
      const [next, ...others] = stepsAfterShipment;
      const state = next?.name ?? 'shipped';
      const entry = { received: message, from: 'wms-north', entered: state, ...askNext(next) };
      const receives = { source: 'wms-north', id: message.shipmentNumber };
      await write(id, version, order, { document, state, entry, next, tells: shipmentFact, receives });
      version += 1;
      for (const [index, step] of stepsAfterShipment.entries()) await take(step, others[index], 'invoiced');
    },
    close: async () => {
      await database.close();
      await calls.close();
    },
  };
}
