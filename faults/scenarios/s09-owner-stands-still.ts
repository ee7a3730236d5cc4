import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const keysSent = (stage: Stage, place: number): ReadonlySet<string> =>
  new Set(
    stage
      .node(place)
      .trace()
      .flatMap(({ point, key }) => (key !== undefined && /^before-(send|ask)$/.test(point) ? [key] : [])),
  );

const bookingsSent = (stage: Stage): number =>
  stage
    .node(0)
    .trace()
    .filter(({ point, effect }) => point === 'before-send' && effect === 'book-in-erp').length;

export const s09: Scenario = {
  id: 'S09',
  title: 'an owner stands still past its lease, another takes over, the owner wakes',
  holds: 'the late write is refused',
  setting: { engine: { leaseMs: 1_500 } },
  drive: async (stage) => {
    for (let turn = 0; turn < (stage.isShort ? 1 : 5); turn += 1) {
      // Slow enough that bookings wait in the sleeper's own queue: when it wakes they are somebody else's.
      await stage.dial('erp', { latencyMs: 150 });
      const before = bookingsSent(stage);
      const numbers = await stage.submitMany(24, () => [hearts(2)], { at: stage.node(0) });
      await stage.eventually('the first booking', () => (bookingsSent(stage) > before ? true : undefined));
      await stage.pauseNode(stage.node(0), stage.leaseMs * 3);
      await stage.systems.erp.dial({ latencyMs: 0 });
      await stage.atRest(numbers);
    }
    const [first, second] = [keysSent(stage, 0), keysSent(stage, 1)];
    const both = [...first].filter((key) => second.has(key));
    stage.must('another node works on what the sleeping one had', both.length > 0);
  },
};
