import type { ClientBase } from 'pg';
import type { Clock } from '#model/kernel';
import { type Database, inTransaction } from '#platform/storage';
import type { CourseReading, FigureSet, Sample } from '../figure.ts';
import { loadCourses } from './load-courses.ts';
import { type Numbers, numbersOf } from './numbers.ts';
import { takeDue } from './sql/courses.ts';
import { oneSampler, putSamples } from './sql/samples.ts';

export interface SamplerNeeds {
  readonly database: Database;
  readonly sets: readonly FigureSet[];
  readonly timeZone: string;
  readonly clock: Clock;
  /** Rows of `figure_due` at once; default 100: nothing else of this node waits long for it. */
  readonly slice?: number;
}

const usualSlice = 100;

const together = (lists: readonly (readonly string[] | undefined)[]): readonly string[] => [
  ...new Set(lists.flatMap((list) => list ?? [])),
];

/** Everything that some figure wants to know of a course. */
export const readingOf = (sets: readonly FigureSet[]): Required<CourseReading> => ({
  facts: together(sets.map(({ reads }) => reads?.facts)),
  effects: together(sets.map(({ reads }) => reads?.effects)),
  messages: together(sets.map(({ reads }) => reads?.messages)),
});

interface OwnedSample extends Sample {
  readonly course: string;
  readonly sites: readonly string[];
}

async function write(
  client: ClientBase,
  courses: readonly string[],
  samples: readonly OwnedSample[],
  numbers: Numbers,
  timeZone: string,
): Promise<void> {
  const column = <Value>(value: (sample: OwnedSample) => Value): readonly Value[] => samples.map(value);
  await client.query(putSamples, [
    courses,
    column(({ course }) => course),
    column(({ figure }) => numbers.figure(figure)),
    column(({ part }) => part),
    column(({ at }) => at),
    column(({ value }) => value),
    column(({ sites }) => numbers.siteSet(sites)),
    column(({ caseId }) => caseId ?? null),
    column(({ note }) => note ?? null),
    timeZone,
  ]);
}

/**
 * Looks at the courses that are due and makes their samples what they should be; answers how many there were. All in one
 * transaction: what a node that died had begun is due again. Doing it twice changes nothing.
 */
export async function sampleDue({
  database,
  sets,
  timeZone,
  clock,
  slice = usualSlice,
}: SamplerNeeds): Promise<number> {
  return inTransaction(database, async (client) => {
    await client.query(oneSampler);
    const { rows } = await client.query<{ course: string | null }>(takeDue, [slice]);
    const keys = rows.flatMap(({ course }) => course ?? []);
    if (keys.length === 0) return rows.length;
    const loaded = await loadCourses(client, keys, readingOf(sets), clock.now());
    const samples = loaded.flatMap(({ course, sites }) =>
      sets.flatMap((set) => set.samples(course).map((sample) => ({ ...sample, course: course.key, sites }))),
    );
    const numbers = await numbersOf(client, samples);
    await write(client, keys, samples, numbers, timeZone);
    return rows.length;
  });
}
