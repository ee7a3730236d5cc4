import type { Database } from '#platform/storage';
import { foldedTerm, type ProjectedRun } from './projected-run.ts';
import { writeRuns as statement } from './sql/write-runs.ts';

const texts = { anew: statement(true), again: statement(false) };

/** As PostgreSQL reads an array of texts. */
const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;

const byId = (one: ProjectedRun, other: ProjectedRun): number => (one.head.runId < other.head.runId ? -1 : 1);

function standings(runs: readonly ProjectedRun[]): readonly unknown[][] {
  const column = (pick: (run: ProjectedRun) => unknown): unknown[] => runs.map((run) => pick(run) ?? null);
  return [
    column(({ head }) => head.runId),
    column(({ head }) => head.flow),
    column(({ head }) => head.run.key),
    column(({ listing }) => listing.root?.flow),
    column(({ listing }) => listing.root?.key),
    column(({ head }) => head.version),
    column(({ place }) => place.state),
    column(({ place }) => place.visit),
    column(({ head }) => head.run.phase),
    column(({ head }) => head.run.ending),
    column(({ head }) => head.startedAt),
    column(({ place }) => place.enteredAt),
    column(({ head }) => head.at),
    column(({ listing }) => listing.party),
    column(({ listing }) => listing.partyName),
    column(({ listing }) => listing.worth?.amount),
    column(({ listing }) => listing.worth?.currency),
    column(({ listing }) => listing.dueBy),
    column(({ listing }) => arrayText(listing.sites)),
    column(({ listing }) => listing.source),
    column(({ listing }) => JSON.stringify(listing.shows)),
  ];
}

export interface WriteOptions {
  /** Also where the version is the one that is there. */
  readonly again: boolean;
  /** None of their stays and terms is there: what is there makes it fail, with nothing written. */
  readonly isNew: boolean;
  /** Those that are not there as they are called now. */
  readonly parties: ReadonlyMap<string, string | undefined>;
}

/** One write of a batch. The same again changes nothing. */
export async function writeRuns(
  { pool }: Database,
  unsorted: readonly ProjectedRun[],
  { again, isNew, parties }: WriteOptions,
): Promise<void> {
  const runs = [...unsorted].sort(byId);
  const terms = runs.flatMap((run, index) => run.terms.map((term) => ({ ...term, n: index + 1 })));
  const stays = runs.flatMap((run, index) => run.stays.map((stay) => ({ ...stay, n: index + 1 })));
  const folded = terms.map(({ value }) => foldedTerm(value));
  await pool.query({
    name: isNew ? 'progress-write-new' : 'progress-write',
    text: isNew ? texts.anew : texts.again,
    values: [
      ...standings(runs),
      terms.map(({ n }) => n),
      terms.map(({ kind }) => kind),
      folded,
      terms.map(({ value }, index) => (value === folded[index] ? null : value)),
      stays.map(({ n }) => n),
      stays.map(({ visit }) => visit),
      stays.map(({ n }) => runs[n - 1]?.head.flow),
      stays.map(({ state }) => state),
      stays.map(({ enteredAt }) => enteredAt),
      stays.map(({ leftAt }) => leftAt),
      stays.map(({ movedTo }) => movedTo),
      [...parties.keys()],
      [...parties.values()].map((name) => name ?? null),
      [...parties.keys()].map(foldedTerm),
      [...parties.values()].map((name) => (name === undefined ? null : foldedTerm(name))),
      again,
    ],
  });
}
