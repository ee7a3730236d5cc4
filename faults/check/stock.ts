import { compare, isNegative, isZero, subtract } from '#model/kernel';
import { isSettled } from './ends.ts';
import type { Evidence, Finding, Position } from './evidence.ts';
import { linesOf, namesOf, ofKind, quantityOf, siteOf, type Tally, tally } from './tally.ts';

const positions = (list: readonly Position[]): Tally =>
  tally(list.map(({ item, site, quantity }) => [`${item} ${site}`, quantity] as const));

/** I3: what is there is what was there less what left; nothing below zero; claims only for orders that go on. */
export function stock(evidence: Evidence): readonly Finding[] {
  const wrong = (what: string): readonly Finding[] => [{ rule: 'I3', means: 'wrong', what }];
  const before = positions(evidence.stock.before);
  const ours = positions(evidence.stock.ours);
  const claimed = positions(evidence.stock.claimed);
  const theirs = evidence.stock.theirs === undefined ? undefined : positions(evidence.stock.theirs);
  const left = tally(
    ofKind(evidence.effects, 'shipped').flatMap((effect) =>
      linesOf(effect).map((line) => [`${line.item ?? ''} ${siteOf(effect)}`, line.quantity] as const),
    ),
  );
  const isSomethingOpen = ![...evidence.orders.values()].every(isSettled);
  return namesOf(before, ours, left).flatMap((place) => {
    const expected = subtract(quantityOf(before, place), quantityOf(left, place));
    const there = quantityOf(ours, place);
    const claims = quantityOf(claimed, place);
    const shelf = theirs === undefined ? there : quantityOf(theirs, place);
    return [
      ...(isNegative(there) || isNegative(claims) ? wrong(`${place}: ${there} there, ${claims} claimed`) : []),
      ...(isNegative(expected) ? wrong(`${place}: more left than there was (${expected})`) : []),
      ...(compare(claims, there) > 0 ? wrong(`${place}: ${claims} are claimed of ${there}`) : []),
      // A run that waits for a person may not have told our stock yet.
      ...(!isSomethingOpen && compare(there, expected) !== 0
        ? wrong(`${place}: ${there} by our count, ${expected} by what left`)
        : []),
      ...(!isSomethingOpen && compare(there, shelf) !== 0
        ? wrong(`${place}: ${there} by our count, ${shelf} on the shelf`)
        : []),
      ...(!isSomethingOpen && !isZero(claims) ? wrong(`${place}: ${claims} are claimed by nobody`) : []),
    ];
  });
}
