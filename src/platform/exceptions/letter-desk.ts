import { notOpen } from './letter-decision.ts';
import type { LetterDesk, LetterOutcome } from './letters.ts';

/** One desk for letters of every kind: each decision goes to the desk that has the letter. */
export function allLetters(desks: readonly LetterDesk[]): LetterDesk {
  async function at(id: string, decide: (desk: LetterDesk) => Promise<LetterOutcome>): Promise<LetterOutcome> {
    for (const desk of desks) if ((await desk.find(id)) !== undefined) return decide(desk);
    return notOpen;
  }
  return {
    find: async (id) => {
      for (const desk of desks) {
        const found = await desk.find(id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    list: async (limit = 100) => {
      const lists = await Promise.all(desks.map((desk) => desk.list(limit)));
      return lists
        .flat()
        .toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1))
        .slice(0, limit);
    },
    retry: (id, ...how) => at(id, (desk) => desk.retry(id, ...how)),
    editAndRetry: (id, ...how) => at(id, (desk) => desk.editAndRetry(id, ...how)),
    skip: (id, ...how) => at(id, (desk) => desk.skip(id, ...how)),
  };
}
