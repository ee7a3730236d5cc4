import type { ClientBase } from 'pg';
import { ok, type Result } from '#model/kernel';
import type { FigureDescription, FigureSet } from '../figure.ts';
import type { Baseline, FigureReading, FiguresAsked, FiguresRead, TimeFailure } from '../figure-desk.ts';
import { atOneMoment } from './at-one-moment.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { howExact } from './digest.ts';
import { describeIn } from './figure-sets.ts';
import type { Tallies } from './gather-tallies.ts';
import { agesAt, readCaseTimes } from './open-case-ages.ts';
import { baselinesOf } from './read-baselines.ts';
import { readTallies } from './read-tallies.ts';
import { siteSetsOf } from './sql/read.ts';
import { namesOf } from './sql/samples.ts';
import { noTally, tickWorth, worthOf } from './tally.ts';
import { tickEnds, ticksOf } from './ticks.ts';
import { readTime, type Time } from './window.ts';

interface KnownFigure {
  readonly set: FigureSet;
  readonly description: FigureDescription;
  /** Absent: it has no sample yet. */
  readonly id?: number;
}

const exactly = (set: FigureSet, description: FigureDescription): FigureDescription =>
  set.combines === 'median' ? { ...description, formula: `${description.formula} ${howExact}` } : description;

/** The figures of the sets: those that are always there, and those that came to be. */
export function knownFigures(
  sets: readonly FigureSet[],
  names: readonly { readonly id: number; readonly name: string }[],
): readonly KnownFigure[] {
  const ids = new Map(names.map(({ id, name }) => [name, id]));
  return sets.flatMap((set) => {
    const always = new Set(set.always.map(({ figure }) => figure));
    const later = names
      .map(({ name }) => name)
      .filter((name) => !always.has(name) && describeIn(set, name) !== undefined);
    return [...always, ...later.toSorted()].flatMap((name) => {
      const description = describeIn(set, name);
      const id = ids.get(name);
      if (description === undefined) return [];
      return [{ set, description: exactly(set, description), ...(id === undefined ? {} : { id }) }];
    });
  });
}

/** The combinations of warehouses that a caller may see; null: all. */
export async function combinationsOf(
  client: ClientBase,
  sites: readonly string[] | undefined,
): Promise<readonly number[] | null> {
  if (sites === undefined) return null;
  return (await client.query<{ id: number }>(siteSetsOf, [sites])).rows.map(({ id }) => id);
}

const member = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Each in Name]?: Value };

function readingOf(
  known: KnownFigure,
  tallies: Tallies | undefined,
  time: Time,
  baseline: Baseline | undefined,
): FigureReading {
  const { combines } = known.set;
  return {
    ...known.description,
    available: true,
    ...worthOf(combines, tallies?.whole ?? noTally),
    ...member('baseline', baseline),
    trend: ticksOf(time).map((at) => ({ at, ...tickWorth(combines, tallies?.ticks.get(at) ?? noTally) })),
  };
}

/** Every figure that is asked for, with its value over the time. */
export async function readFigures(
  { database, book, timeZone, clock }: DeskNeeds,
  { figure, group, sites, ...asked }: FiguresAsked,
): Promise<Result<FiguresRead, TimeFailure>> {
  const isWanted = (each: FigureDescription): boolean =>
    (figure === undefined || each.figure === figure) && (group === undefined || each.group === group);
  return atOneMoment(database, async (client) => {
    const read = await readTime(client, asked, clock.now(), timeZone);
    if (!read.ok) return read;
    const time = read.value;
    const names = (await client.query<{ id: number; name: string }>(namesOf)).rows;
    const known = knownFigures(book.sets, names).filter(({ description }) => isWanted(description));
    const numbered = known.flatMap(({ id, set }) =>
      id === undefined ? [] : [{ id, isMedian: set.combines === 'median' }],
    );
    const tallies = await readTallies(client, numbered, time, await combinationsOf(client, sites));
    const openCases = book.openCases.filter(isWanted);
    const missing = book.missing.filter(isWanted);
    const described = [...known.map(({ description }) => description), ...openCases, ...missing];
    // They were set for all warehouses together.
    const baselines =
      sites === undefined
        ? await baselinesOf(
            client,
            described.map((each) => each.figure),
          )
        : new Map<string, Baseline>();
    const times = openCases.length === 0 ? undefined : await readCaseTimes(client, time, sites ?? null);
    const ends = tickEnds(time);
    const figures: readonly FigureReading[] = [
      ...known.map((each) =>
        readingOf(
          each,
          each.id === undefined ? undefined : tallies.get(each.id),
          time,
          baselines.get(each.description.figure),
        ),
      ),
      ...openCases.flatMap(({ of, ...description }) => {
        if (times === undefined) return [];
        const trend = ticksOf(time).map((at, index) => {
          const { value, sample } = agesAt(times, ends[index] ?? time.to, of);
          return { at, ...member('value', value), sample };
        });
        const worth = agesAt(times, time.to, of);
        return [
          {
            ...description,
            available: true,
            ...worth,
            ...member('baseline', baselines.get(description.figure)),
            trend,
          },
        ];
      }),
      ...missing.map((each) => ({
        ...each,
        available: false,
        ...member('baseline', baselines.get(each.figure)),
        trend: [],
      })),
    ];
    return ok({ from: time.from, to: time.to, figures });
  });
}
