import { setTimeout as wait } from 'node:timers/promises';
import { hearts, orderOf } from './orders.ts';
import { freshKey, type OrdersApi } from './orders-api.ts';

/** What a light, steady stream of orders saw. */
export interface Seen {
  /** Numbers of orders that were taken. */
  readonly acknowledged: readonly string[];
  /** How often each status came; `cut` and `refused` are connections. */
  readonly answers: Readonly<Record<string, number>>;
  /** Answers 503 that did not say when to come again. */
  readonly without: number;
}

export interface SteadyLoad {
  /** Takes no more orders up; resolves when each that was begun has been taken. */
  end(): Promise<Seen>;
}

const causes = (thrown: unknown): string =>
  thrown instanceof Error ? `${'code' in thrown ? thrown.code : ''} ${thrown.message} ${causes(thrown.cause)}` : '';

/** One order every so often, to the nodes in turn; each sender insists with its key until it is taken. */
export function steadyLoad(nodes: readonly OrdersApi[], everyMs = 60): SteadyLoad {
  const acknowledged: string[] = [];
  const answers: Record<string, number> = {};
  let without = 0;
  let isOver = false;
  const count = (answer: string): void => {
    answers[answer] = (answers[answer] ?? 0) + 1;
  };

  async function insist(first: number): Promise<void> {
    const key = freshKey();
    const order = orderOf([hearts('1')]);
    for (let tries = 0; ; tries += 1) {
      const api = nodes[(first + tries) % nodes.length];
      try {
        const answer = await api?.submit(order, { key });
        if (answer === undefined) return;
        count(String(answer.status));
        if (answer.status === 503 && answer.headers.get('retry-after') === null) without += 1;
        if (answer.status < 300) {
          acknowledged.push(String(answer.json.orderNumber));
          return;
        }
      } catch (thrown) {
        count(causes(thrown).includes('ECONNREFUSED') ? 'refused' : 'cut');
      }
      await wait(200);
    }
  }

  async function run(): Promise<void> {
    const senders: Promise<void>[] = [];
    for (let sent = 0; !isOver; sent += 1) {
      senders.push(insist(sent));
      await wait(everyMs);
    }
    await Promise.all(senders);
  }

  const running = run();
  return {
    end: async () => {
      isOver = true;
      await running;
      return { acknowledged, answers, without };
    },
  };
}
