import { refuse } from '../problem.ts';

/** How many streams may be open on this node. */
export interface StreamLimits {
  readonly perCaller: number;
  readonly total: number;
}

export interface OpenStreams {
  /** Takes a place for `who`, and answers how to give it back. Throws a refusal when there is none. */
  take(who: string): () => void;
  count(): number;
}

const retryAfterSeconds = 5;

/** Counts what is open: a stream costs a connection and memory for as long as it lasts. */
export function createOpenStreams({ perCaller, total }: StreamLimits): OpenStreams {
  const byCaller = new Map<string, number>();
  let all = 0;
  return {
    count: () => all,
    take(who) {
      const theirs = byCaller.get(who) ?? 0;
      if (theirs >= perCaller) {
        const detail = `You have ${theirs} streams open on this node and may have no more: close some of them.`;
        throw refuse('too-many-streams', detail, { retryAfterSeconds });
      }
      if (all >= total)
        throw refuse('unavailable', 'This node has no place for another stream. Ask again.', { retryAfterSeconds });
      all += 1;
      byCaller.set(who, theirs + 1);
      let isGivenBack = false;
      return () => {
        if (isGivenBack) return;
        isGivenBack = true;
        all -= 1;
        const left = (byCaller.get(who) ?? 1) - 1;
        if (left === 0) byCaller.delete(who);
        else byCaller.set(who, left);
      };
    },
  };
}
