import { expect, test } from 'vitest';
import type { EffectTask } from '../effects/effect-task.ts';
import { createLane } from './lane.ts';

const task = (key: string): EffectTask => ({ key, priority: 2, orderKey: key }) as EffectTask;

test('a call that the breaker keeps back costs no token: the first after an outage goes at once', async () => {
  let now = 1_000;
  const sent: string[] = [];
  const lane = createLane({
    instance: 'erp',
    now: () => now,
    isOpen: () => true,
    work: async (_, { key }) => void sent.push(key),
    breaker: { threshold: 5, coolMs: 1_000 },
    // Another node has the right to find out.
    hooks: { tell: () => undefined, askForProbe: async () => false, short: () => undefined, freed: () => undefined },
  });
  lane.share({ slots: 4, perSecond: 1, until: Number.POSITIVE_INFINITY, isPart: false });
  lane.breaker.pause(1_500, now);
  lane.queue.add(task('a'));
  now = 1_600;
  lane.pump();
  await new Promise(setImmediate);
  lane.pump();
  expect(sent).toEqual([]);
  lane.breaker.adopt({ leftMs: undefined, coolMs: undefined, isProbed: false, isNews: true }, now);
  lane.pump();
  expect(sent).toEqual(['a']);
  lane.stop();
});
