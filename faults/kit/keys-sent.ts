import type { FaultyNode } from './node.ts';

/** Keys of the effects that the node sent or asked about; of one effect, if it is named. */
export const keysSent = (node: FaultyNode, effect?: string): ReadonlySet<string> =>
  new Set(
    node
      .trace()
      .flatMap((at) =>
        at.key !== undefined && /^before-(send|ask)$/.test(at.point) && (effect ?? at.effect) === at.effect
          ? [at.key]
          : [],
      ),
  );
