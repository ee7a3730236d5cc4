import { setTimeout as wait } from 'node:timers/promises';
import { keysSent } from '../kit/keys-sent.ts';
import { linkNotHere } from '../kit/network-link.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const ways = ['all', 'to', 'from'] as const;

/** What the node wrote into the gap arrives when TCP sends it again: after another has taken over. */
async function dropWhileBooking(stage: Stage, way: (typeof ways)[number]): Promise<void> {
  const at = stage.node(0);
  const fired = stage.faults.plan(`packets dropped: ${way}`);
  await stage.systems.erp.dial({ latencyMs: 120 });
  const before = keysSent(at, 'book-in-erp').size;
  const numbers = await stage.submitMany(stage.isShort ? 10 : 24, () => [hearts(2)], { at });
  await stage.eventually('the first booking', () => (keysSent(at, 'book-in-erp').size > before ? true : undefined));
  await stage.link(0).drop(way);
  fired();
  await wait(stage.leaseMs * 2.5);
  await stage.link(0).heal();
  await stage.systems.erp.dial({ latencyMs: 0 });
  await stage.atRest(numbers);
}

export const s27Packets: Scenario = {
  id: 'S27-packets',
  title: 'the packets between a node and the database are dropped in a network namespace, one way and both',
  holds: 'as S27, and what arrives late is refused',
  setting: { networkLinks: true },
  notHere: linkNotHere,
  drive: async (stage) => {
    for (let round = 0; round < (stage.isShort ? 1 : 3); round += 1) {
      for (const way of ways) await dropWhileBooking(stage, way);
    }
    const second = keysSent(stage.node(1));
    const both = [...keysSent(stage.node(0))].filter((key) => second.has(key));
    stage.must('another node works on what the one that is cut off had', both.length > 0);
    stage.figure('effects that both had', both.length);
    // Short gaps, each shorter than the lease: nobody needs to take over.
    const flapping = stage.faults.plan('packets dropped for moments');
    const submitting = stage.submitMany(6, () => [hearts(1)]);
    for (let turn = 0; turn < 6; turn += 1) {
      const node = Math.floor(stage.random() * stage.nodes.length);
      await stage.link(node).drop(ways[turn % ways.length] ?? 'all');
      await wait(100 + Math.floor(stage.random() * 500));
      await stage.link(node).heal();
      await wait(Math.floor(stage.random() * 300));
    }
    flapping();
    await stage.atRest(await submitting);
  },
};
