/** Lets so many do something at once; the others wait, first come first served. */
export interface Turns {
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Makes turns for `most` at once. */
export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    take: async (work) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        // The turn is handed on, so that nobody who comes now is before those who wait.
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
