import { setTimeout as wait } from 'node:timers/promises';
import type { FaultyNode } from '../kit/node.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** The share of what it can carry at which nodes are restarted. */
const share = 0.7;
const senders = 12;

/** Orders a second from their taking to their end, when senders wait for each other as little as they can. */
async function capacity(stage: Stage, count: number): Promise<number> {
  let left = count;
  const numbers: string[] = [];
  const from = performance.now();
  const send = async (): Promise<void> => {
    for (; left > 0; ) {
      left -= 1;
      numbers.push(await stage.submit([hearts(1)]));
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  await stage.atRest(numbers);
  return count / ((performance.now() - from) / 1_000);
}

const isRefused = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  (('code' in thrown && thrown.code === 'ECONNREFUSED') || isRefused(thrown.cause) || /is down$/.test(thrown.message));

interface Load {
  readonly numbers: string[];
  /** By status; `refused` connections are tried at another node and are no failure. */
  readonly answers: Record<string, number>;
  slowestMs: number;
}

/** One request as a load balancer passes it on: a refused connection goes to the next node, nothing else is tried again. */
async function pass(stage: Stage, turn: number, load: Load): Promise<void> {
  const key = `rolling-${stage.seed}-${turn}`;
  const purchaseOrder = stage.client.freshPurchaseOrder();
  const from = performance.now();
  const count = (answer: string): void => {
    load.answers[answer] = (load.answers[answer] ?? 0) + 1;
  };
  for (let tries = 0; tries < 100; tries += 1) {
    const at = stage.nodes[(turn + tries) % stage.nodes.length];
    if (at === undefined) return;
    try {
      const { status, json } = await stage.client.trySubmit([hearts(1)], { at, key, purchaseOrder });
      count(String(status));
      if (status === 202) load.numbers.push(String(json.orderNumber));
      load.slowestMs = Math.max(load.slowestMs, performance.now() - from);
      return;
    } catch (thrown) {
      if (!isRefused(thrown)) {
        count('cut');
        return;
      }
      count('refused');
      if (tries % stage.nodes.length === stage.nodes.length - 1) await wait(50);
    }
  }
  count('nobody there');
}

/** Open loop: the next request does not wait for the last. */
function openLoop(stage: Stage, perSecond: number): { end(): Promise<Load> } {
  const load: Load = { numbers: [], answers: {}, slowestMs: 0 };
  const passing: Promise<void>[] = [];
  const from = performance.now();
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const due = Math.floor(((performance.now() - from) / 1_000) * perSecond);
      while (passing.length < due) passing.push(pass(stage, passing.length, load));
      await wait(5);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await running;
      await Promise.all(passing);
      return load;
    },
  };
}

async function restart(stage: Stage, node: FaultyNode, fired: () => void): Promise<void> {
  // The next process is loaded while this one still answers, as a rolling update does.
  node.prepare();
  await wait(500);
  const how = await node.endInOrder();
  stage.must(`${node.name} ends in order with 0; it was ${how}`, how === '0');
  await node.start();
  fired();
  await wait(500);
}

export const s34: Scenario = {
  id: 'S34',
  title: 'rolling restarts of the nodes at 70 % of the load that they carry',
  holds: 'no failed client request',
  mustRetry: false,
  boundMs: 120_000,
  drive: async (stage) => {
    await capacity(stage, 24);
    const carried = await capacity(stage, stage.isShort ? 80 : 400);
    const perSecond = carried * share;
    stage.figure('carries orders a second', Math.round(carried * 10) / 10);
    stage.figure('loaded with orders a second', Math.round(perSecond * 10) / 10);
    const fired = stage.faults.plan('a node restarted under load');
    const load = openLoop(stage, perSecond);
    await wait(1_000);
    for (let round = 0; round < (stage.isShort ? 1 : 5); round += 1) {
      for (const node of stage.nodes) await restart(stage, node, fired);
    }
    const { numbers, answers, slowestMs } = await load.end();
    stage.figure('answers', JSON.stringify(answers));
    stage.figure('slowest answer ms', Math.round(slowestMs));
    const failures = Object.keys(answers).filter((answer) => answer !== '202' && answer !== 'refused');
    stage.must(`no request fails: ${JSON.stringify(answers)}`, failures.length === 0);
    stage.must('a node was away while requests came', (answers.refused ?? 0) > 0);
    await stage.atRest(numbers, 120_000);
  },
};
