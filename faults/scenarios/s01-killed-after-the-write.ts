import { allEffects, crashAtEach, crashAtRandom, erpEffects, sample } from '../kit/crash-matrix.ts';
import type { Scenario } from '../kit/scenario.ts';

export const s01: Scenario = {
  id: 'S01',
  title: 'kill -9 between the outside write and our commit, at each step',
  holds: 'one effect, or in doubt and asked',
  withTryton: true,
  drive: async (stage) => {
    const effects = stage.isTryton ? erpEffects : allEffects;
    const plans = effects.map((effect) => ({ point: 'after-send', effect, nth: 1 }));
    await crashAtEach(stage, stage.isShort ? sample(stage, plans, 3) : plans);
    await crashAtRandom(stage, ['after-send'], stage.isShort ? 1 : 6);
  },
};
