import { setTimeout as wait } from 'node:timers/promises';
import { keysSent } from '../kit/keys-sent.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import type { TcpProxy } from '../kit/tcp-proxy.ts';
import { hearts } from '../kit/world.ts';

interface Way {
  readonly name: string;
  /** Breaks it, and answers when it is to be healed. */
  readonly breaks: (proxy: TcpProxy, stage: Stage) => Promise<void>;
}

const flaps = 12;
/** Longer than it takes the others to take over. */
const longerThanLease = (stage: Stage): number => stage.leaseMs * 2.5;

async function flap(proxy: TcpProxy, stage: Stage): Promise<void> {
  for (let turn = 0; turn < flaps; turn += 1) {
    const way = stage.random();
    if (way < 0.4) proxy.cut();
    else proxy.swallow(way < 0.7 ? 'to' : 'from');
    await wait(50 + Math.floor(stage.random() * 350));
    proxy.heal();
    await wait(Math.floor(stage.random() * 250));
  }
}

const forLong =
  (how: (proxy: TcpProxy) => void): Way['breaks'] =>
  async (proxy, stage) => {
    how(proxy);
    await wait(longerThanLease(stage));
  };

const ways: readonly Way[] = [
  { name: 'cut both ways', breaks: forLong((proxy) => proxy.cut()) },
  { name: 'cut towards the database', breaks: forLong((proxy) => proxy.swallow('to')) },
  { name: 'cut from the database', breaks: forLong((proxy) => proxy.swallow('from')) },
  { name: 'flapping', breaks: flap },
];

const rounds = 3;

/** The node has orders in its hands and a queue of bookings when it loses the database. */
async function cutWhileBooking(stage: Stage, way: Way): Promise<void> {
  const at = stage.node(0);
  const fired = stage.faults.plan(way.name);
  await stage.systems.erp.dial({ latencyMs: 120 });
  const before = keysSent(at, 'book-in-erp').size;
  const numbers = await stage.submitMany(stage.isShort ? 10 : 24, () => [hearts(2)], { at });
  await stage.eventually('the first booking', () => (keysSent(at, 'book-in-erp').size > before ? true : undefined));
  await way.breaks(at.database, stage);
  fired();
  await stage.systems.erp.dial({ latencyMs: 0 });
  at.database.heal();
  await stage.atRest(numbers);
}

export const s27: Scenario = {
  id: 'S27',
  title: 'a node and the database cut apart, one way and both, longer than the lease, flapping',
  holds: 'one owner: taken over, and what the other wrote late is refused',
  drive: async (stage) => {
    for (let round = 0; round < (stage.isShort ? 1 : rounds); round += 1) {
      for (const way of ways) await cutWhileBooking(stage, way);
    }
    const second = keysSent(stage.node(1));
    const both = [...keysSent(stage.node(0))].filter((key) => second.has(key));
    stage.must('another node works on what the one that is cut off had', both.length > 0);
    stage.figure('effects that both had', both.length);
    // Everybody at once: nobody takes over, and nobody may be left behind.
    const fired = stage.faults.plan('every node cut off');
    const submitting = stage.submitMany(6, () => [hearts(1)]);
    await wait(Math.floor(stage.random() * 150));
    for (const node of stage.nodes) node.database.cut();
    await wait(longerThanLease(stage));
    for (const node of stage.nodes) node.database.heal();
    fired();
    await stage.atRest(await submitting);
  },
};
