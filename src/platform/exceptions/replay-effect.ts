import { type FactEvent, factEvent, type StoredFact, type Subscriber } from '#platform/backbone';

/** Facts in one question to a subscriber. */
const slice = 500;

/** A fact that the subscriber cannot even look at has not been taken; the others of the slice are as they are. */
async function takenOf(
  took: NonNullable<Subscriber['took']>,
  facts: readonly FactEvent[],
): Promise<readonly boolean[]> {
  try {
    return await took(facts);
  } catch {
    const alone: boolean[] = [];
    for (const fact of facts)
      alone.push(
        await took([fact]).then(
          ([taken]) => taken === true,
          () => false,
        ),
      );
    return alone;
  }
}

/**
 * What telling each of these facts would do, as a place in `effects`: nothing where the subscriber has taken it and goes by its id or
 * bears it; all of it again where neither is so; something where it has not taken it. One that cannot say has taken all that it passed.
 */
export async function effectsOf(subscriber: Subscriber, facts: readonly StoredFact[]): Promise<readonly number[]> {
  const whenTaken = subscriber.repeats === 'doubles' ? 2 : 0;
  const answers: number[] = [];
  for (let at = 0; at < facts.length; at += slice) {
    const part = facts.slice(at, at + slice).map(factEvent);
    const taken = subscriber.took === undefined ? part.map(() => true) : await takenOf(subscriber.took, part);
    answers.push(...part.map((_, index) => (taken[index] === true ? whenTaken : 1)));
  }
  return answers;
}
