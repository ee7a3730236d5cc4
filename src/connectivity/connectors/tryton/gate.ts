/** Lets one through at a time, in the order of asking. */
export interface Gate {
  /** Runs `work` when all who came before are through. Never runs it when `signal` aborts first: answers `undefined`. */
  through<Answer>(work: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | undefined>;
}

export function createGate(): Gate {
  let last: Promise<unknown> = Promise.resolve();
  return {
    through(work, signal) {
      const turn = last.then(() => (signal.aborted ? undefined : work()));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
