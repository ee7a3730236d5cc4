import type { Expected, ExpectedPlace } from '../oracle/expected.ts';
import { doubled, type Finding, lost, wrong } from './difference.ts';
import type { Movement, OrderFacts } from './facts.ts';
import { type Counted, deviation } from './tally.ts';

const goods = (lines: readonly Counted[]): readonly Counted[] =>
  lines.map(({ item, quantity }) => ({ item, quantity }));
const at = (place: ExpectedPlace, movements: readonly Movement[]): readonly Movement[] =>
  movements.filter(({ site }) => place.site === 'any' || site === undefined || site === place.site);
const linesOf = (movements: readonly Movement[]): readonly Counted[] => movements.flatMap(({ lines }) => lines);

function repeated(what: string, movements: readonly Movement[]): readonly Finding[] {
  const byNumber = Map.groupBy(movements, ({ number }) => number);
  return [...byNumber].flatMap(([number, same]) =>
    same.length > 1 ? [doubled(`${what} ${number} is there ${same.length} times`)] : [],
  );
}

/** One release to each warehouse that has goods to ship, with exactly those. */
export function compareReleases({ places }: Expected, { releases }: OrderFacts): readonly Finding[] {
  const findings: Finding[] = [...repeated('release', releases)];
  const wanted = places.filter(({ booked }) => booked.length > 0);
  for (const place of wanted) {
    const here = at(place, releases);
    const numbers = new Set(here.map(({ number }) => number));
    if (numbers.size === 0) findings.push(lost(`no release reached warehouse ${place.site}`));
    if (numbers.size > 1)
      findings.push(doubled(`${numbers.size} releases to ${place.site}: ${[...numbers].join(', ')}`));
    if (here.length !== 1) continue;
    const { missing, extra } = deviation(goods(place.booked), linesOf(here));
    for (const what of missing) findings.push(wrong(`the release to ${place.site} lacks ${what}`));
    for (const what of extra) findings.push(wrong(`the release to ${place.site} has ${what} too much`));
  }
  const strangers = releases.filter((release) => !wanted.some((place) => at(place, [release]).length > 0));
  for (const { number } of strangers) findings.push(doubled(`release ${number} should not be there`));
  return findings;
}

/** What each warehouse shipped, and each of its shipments issued once in the ERP. */
export function compareShipments({ places }: Expected, { shipments, issues }: OrderFacts): readonly Finding[] {
  const findings: Finding[] = [...repeated('shipment', shipments), ...repeated('the goods issue of shipment', issues)];
  const compare = (what: string, movements: readonly Movement[]): void => {
    for (const place of places) {
      const { missing, extra } = deviation(goods(place.shipped), linesOf(at(place, movements)));
      for (const each of missing) findings.push(lost(`${what} ${place.site} lacks ${each}`));
      for (const each of extra) findings.push(doubled(`${what} ${place.site} has ${each} too much`));
    }
    if (places.length === 0 && movements.length > 0) findings.push(doubled(`${what} anywhere should not be there`));
  };
  compare('what left warehouse', shipments);
  compare('what the ERP issued from', issues);
  const issued = new Set(issues.map(({ number }) => number));
  for (const { number } of shipments) {
    if (!issued.has(number)) findings.push(lost(`shipment ${number} was not issued in the ERP under its number`));
  }
  return findings;
}
