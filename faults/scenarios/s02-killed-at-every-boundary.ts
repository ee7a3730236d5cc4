import { allEffects, crashAtEach, crashAtEveryPassing, crashAtRandom, sample } from '../kit/crash-matrix.ts';
import type { Scenario } from '../kit/scenario.ts';

const aroundEffects = ['before-send', 'after-settle'];
const aroundCommits = ['before-batch', 'after-batch', 'before-delivery'];

export const s02: Scenario = {
  id: 'S02',
  title: 'kill -9 before the call, after the commit, in the middle of a batch',
  holds: 'the whole matrix is covered',
  drive: async (stage) => {
    const plans = aroundEffects.flatMap((point) => allEffects.map((effect) => ({ point, effect, nth: 1 })));
    if (stage.isShort) {
      // The one between a caller and the acknowledgement is always among them.
      const intake = { point: 'before-batch', nth: 1 };
      const commits = aroundCommits.map((point) => ({ point, nth: 1 + Math.floor(stage.random() * 3) }));
      await crashAtEach(stage, [intake, ...sample(stage, plans, 2), ...sample(stage, commits, 1)]);
      return;
    }
    await crashAtEach(stage, plans);
    for (const point of aroundCommits) await crashAtEveryPassing(stage, point);
    await crashAtRandom(stage, [...aroundEffects, ...aroundCommits], 8);
  },
};
