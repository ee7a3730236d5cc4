import type { ContenderClient } from './contender-client.ts';
import type { Drive } from './drive.ts';
import type { Stage } from './stage.ts';
import { observe, type Window } from './window.ts';

/** A contender as it runs in each round. */
export interface Entrant {
  /** Unique among the entrants. */
  readonly name: string;
  readonly contender: ContenderClient;
  readonly drive: Drive;
}

/** Every entrant's windows, one for each round. */
export type Rounds = ReadonlyMap<string, readonly Window[]>;

/** Lets everybody warm up, then runs the rounds: each entrant once in every round, there and back again, so that none is always first. */
export async function interleave(
  stage: Stage,
  entrants: readonly Entrant[],
  rounds: number,
  say: (line: string) => void,
): Promise<Rounds> {
  for (const { contender, drive } of entrants) {
    await contender.drive(
      { ...drive, rampSeconds: 0, seconds: Math.min(1.5, drive.seconds) },
      {
        opened: async () => undefined,
        closed: async () => undefined,
      },
    );
  }
  const windows = new Map<string, Window[]>(entrants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? entrants : entrants.toReversed();
    for (const { name, contender, drive } of order) {
      const seen = await observe(stage, contender, drive);
      windows.get(name)?.push(seen);
      say(`  round ${round + 1}: ${name} ${seen.flowsPerSecond.toFixed(1)} flows/s, p50 ${seen.p50.toFixed(1)} ms`);
    }
  }
  return windows;
}

/** One figure of an entrant, by round. Throws when it did not run. */
export function figures(rounds: Rounds, name: string, figure: (window: Window) => number): readonly number[] {
  const windows = rounds.get(name);
  if (windows === undefined) throw new Error(`${name} did not run`);
  return windows.map(figure);
}
