import { setTimeout as pause } from 'node:timers/promises';
import { type Ledger, openLedger } from '../../simulators/kit/index.ts';
import { type Answer, createOrdersApi, type OrdersApi } from '../../test/index.ts';
import type { Acknowledged } from '../check/evidence.ts';
import type { FaultyNode } from './node.ts';
import type { OrderLine } from './world.ts';

export interface SubmitChoices {
  /** Default: whichever node answers. */
  readonly at?: FaultyNode;
  /** Default: a fresh one. */
  readonly key?: string;
  readonly purchaseOrder?: string;
  readonly shippingPolicy?: 'ship-partial' | 'ship-complete' | 'fill-or-kill';
}

/** A customer's shop: it insists until it is answered with 2xx, and writes down what was acknowledged before it says so. */
export interface Client {
  /** Answers the order's number. The key is chosen before the first try: all tries are one request. */
  submit(lines: readonly OrderLine[], choices?: SubmitChoices): Promise<string>;
  /** One try at one node, written down when it was acknowledged; 503 and 429 come back as they are, a cut connection throws. */
  trySubmit(lines: readonly OrderLine[], choices: SubmitChoices & { readonly at: FaultyNode }): Promise<Answer>;
  acknowledged(): readonly Acknowledged[];
  /** Writes down that an order is about to be cancelled or given up by somebody. */
  callOff(orderNumber: string): Promise<void>;
  calledOff(): readonly string[];
  /** How often it had to call again. */
  retries(): number;
  /** Calls the API at any node until one answers it. */
  insist<Result>(call: (api: OrdersApi) => Promise<Result>, withinMs?: number): Promise<Result>;
  /** The purchase order that belongs to the next order that is submitted without one. */
  freshPurchaseOrder(): string;
  close(): Promise<void>;
}

const tryAgainMs = 100;
/** So long it waits for one answer. */
const answerWithinMs = 10_000;

export function createClient(needs: {
  readonly nodes: readonly FaultyNode[];
  readonly apiKey: string;
  readonly ledgerFile: string;
  /** How long it insists. */
  readonly patienceMs: number;
  readonly isOver: () => boolean;
}): Client {
  const { nodes, apiKey, ledgerFile } = needs;
  const ledger: Ledger = openLedger(ledgerFile, 'client');
  const acknowledged = new Map<string, Acknowledged>();
  const calledOff = new Set<string>();
  let numbers = 0;
  let turns = 0;
  let keys = 0;
  let retries = 0;

  const freshPurchaseOrder = (): string => {
    numbers += 1;
    return `PO-${String(numbers).padStart(5, '0')}`;
  };

  const inTime = <Result>(work: Promise<Result>): Promise<Result> =>
    Promise.race([
      work,
      pause(answerWithinMs, undefined, { ref: false }).then(() => {
        throw new TypeError('no answer in time');
      }),
    ]);

  async function insist<Result>(
    call: (api: OrdersApi) => Promise<Result>,
    withinMs = needs.patienceMs,
  ): Promise<Result> {
    const until = performance.now() + withinMs;
    for (;;) {
      const up = nodes.filter((node) => node.isUp());
      const node = up[turns % Math.max(up.length, 1)];
      turns += 1;
      let failure: unknown = new Error('no node is up');
      if (node !== undefined) {
        try {
          return await inTime(call(createOrdersApi(() => node.url(), apiKey)));
        } catch (thrown) {
          failure = thrown;
        }
      }
      if (performance.now() > until || needs.isOver()) throw failure;
      retries += 1;
      await pause(tryAgainMs);
    }
  }

  async function note(answer: Answer, key: string, order: ReturnType<typeof bodyOf>) {
    if (answer.status < 200 || answer.status >= 300) return;
    const orderNumber = String(answer.json.orderNumber);
    const { customerPurchaseOrder: purchaseOrder, lines, shippingPolicy } = order;
    const policy = shippingPolicy === undefined ? {} : { shippingPolicy };
    const entry: Acknowledged = { orderNumber, key, purchaseOrder, lines, ...policy };
    await ledger.append({ kind: 'acknowledged', ...entry });
    acknowledged.set(orderNumber, entry);
  }

  const bodyOf = (lines: readonly OrderLine[], { purchaseOrder, shippingPolicy }: SubmitChoices) => ({
    customer: '17850',
    customerPurchaseOrder: purchaseOrder ?? freshPurchaseOrder(),
    currency: 'GBP',
    ...(shippingPolicy === undefined ? {} : { shippingPolicy }),
    lines,
  });

  const freshKey = (): string => {
    keys += 1;
    return `faults-${process.pid}-${keys}`;
  };

  return {
    submit: async (lines, choices = {}) => {
      const body = bodyOf(lines, choices);
      const key = choices.key ?? freshKey();
      return insist(async (any) => {
        const api = choices.at?.isUp() === true ? choices.at.api : any;
        const answer = await api.submit(body, { key });
        if (answer.status >= 300) {
          const text = `the order was answered ${answer.status}: ${JSON.stringify(answer.json)}`;
          throw new Error(text);
        }
        await note(answer, key, body);
        return String(answer.json.orderNumber);
      });
    },
    trySubmit: async (lines, choices) => {
      const body = bodyOf(lines, choices);
      const key = choices.key ?? freshKey();
      const answer = await inTime(choices.at.api.submit(body, { key }));
      await note(answer, key, body);
      return answer;
    },
    acknowledged: () => [...acknowledged.values()],
    callOff: async (orderNumber) => {
      await ledger.append({ kind: 'called-off', orderNumber });
      calledOff.add(orderNumber);
    },
    calledOff: () => [...calledOff],
    retries: () => retries,
    insist,
    freshPurchaseOrder,
    close: () => ledger.close(),
  };
}
