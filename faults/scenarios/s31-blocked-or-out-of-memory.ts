import { keysSent } from '../kit/keys-sent.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const blockedMs = 10_000;
const heapMb = 160;
const path = '/api/orders/v1/orders';

/** Asked at the node that can answer: the other one is not heard of meanwhile. */
async function hasEnded(stage: Stage, orderNumber: string): Promise<boolean> {
  const { status, json } = await stage.node(1).api.ask(`${path}/${orderNumber}`);
  return status === 200 && json.phase === 'ended';
}

/** Orders in the hands of the first node, some with their bookings still in its queue. */
async function ordersInItsHands(stage: Stage): Promise<readonly string[]> {
  const at = stage.node(0);
  await stage.systems.erp.dial({ latencyMs: 120 });
  const before = keysSent(at, 'book-in-erp').size;
  const numbers = await stage.submitMany(stage.isShort ? 10 : 24, () => [hearts(2)], { at });
  await stage.eventually('the first booking', () => (keysSent(at, 'book-in-erp').size > before ? true : undefined));
  return numbers;
}

async function blocked(stage: Stage): Promise<void> {
  const fired = stage.faults.plan(`the event loop stands still for ${blockedMs} ms`);
  const numbers = await ordersInItsHands(stage);
  const before = keysSent(stage.node(1)).size;
  const from = performance.now();
  let isBlocked = true;
  const blocking = stage
    .node(0)
    .block(blockedMs)
    .then(() => {
      isBlocked = false;
      fired();
    });
  await stage.eventually('the other node to take over', () =>
    keysSent(stage.node(1)).size > before ? true : undefined,
  );
  stage.must('it is taken over while it stands still', isBlocked);
  stage.figure('taken over after s', Math.round((performance.now() - from) / 100) / 10);
  await stage.systems.erp.dial({ latencyMs: 0 });
  const left = new Set(numbers);
  while (isBlocked && left.size > 0) {
    for (const number of left) if (await hasEnded(stage, number)) left.delete(number);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stage.figure('of its orders ended meanwhile', `${numbers.length - left.size} of ${numbers.length}`);
  await blocking;
  await stage.atRest(numbers);
}

async function outOfMemory(stage: Stage): Promise<void> {
  const fired = stage.faults.plan('out of memory');
  const numbers = await ordersInItsHands(stage);
  const how = await stage.node(0).exhaustMemory();
  stage.must(`it ends of it, by SIGABRT; it was ${how}`, how === 'SIGABRT' || how === '134');
  fired();
  await stage.systems.erp.dial({ latencyMs: 0 });
  // Its supervisor is slow: the other one does it all.
  await stage.eventually('the other node to end its orders', async () => {
    for (const number of numbers) if (!(await hasEnded(stage, number))) return undefined;
    return true;
  });
  await stage.node(0).start();
  await stage.atRest(numbers);
}

export const s31: Scenario = {
  id: 'S31',
  title: 'the event loop of a node is blocked for 10 s; a node runs out of memory',
  holds: 'fenced, taken over, its late writes refused',
  setting: { execArgv: [`--max-old-space-size=${heapMb}`] },
  drive: async (stage) => {
    for (let round = 0; round < (stage.isShort ? 1 : 4); round += 1) {
      await blocked(stage);
      await outOfMemory(stage);
    }
    const second = keysSent(stage.node(1));
    const both = [...keysSent(stage.node(0))].filter((key) => second.has(key));
    stage.must('the other node works on what the blocked one had', both.length > 0);
    stage.figure('effects that both had', both.length);
  },
};
