import type { ClientBase } from 'pg';
import { type Instant, ok, type Result } from '#model/kernel';
import type { Evidence, EvidenceAsked, EvidencePlace, EvidenceRow, TimeFailure } from '../figure-desk.ts';
import { atOneMoment } from './at-one-moment.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { combinationsOf, knownFigures } from './read-figures.ts';
import { highestFirst, lowestFirst } from './sql/evidence.ts';
import { casesOpenAt } from './sql/open-cases.ts';
import { namesOf } from './sql/samples.ts';
import { readTime, type Time } from './window.ts';

interface SampleRow {
  readonly course: string;
  readonly part: number;
  readonly at: Instant;
  readonly value: number;
  readonly case_id: string | null;
  readonly note: string | null;
}

type Page = Omit<Evidence, 'unit'>;

/** A page, and where it ended when there is more. */
function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  rowOf: (row: Row) => EvidenceRow,
  placeOf: (row: Row) => EvidencePlace,
): Page {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page.map(rowOf), ...(rows.length > limit && last !== undefined ? { next: placeOf(last) } : {}) };
}

async function samples(
  client: ClientBase,
  { better, id }: { readonly better: 'lower' | 'higher'; readonly id: number },
  time: Time,
  { sites, limit, after }: EvidenceAsked,
): Promise<Page> {
  const isLow = better === 'higher';
  const start = isLow ? ['-1', '', '0'] : ['Infinity', '', '0'];
  const [value, course, part] = after ?? start;
  const { rows } = await client.query<SampleRow>(isLow ? lowestFirst : highestFirst, [
    id,
    time.days.map(({ day }) => day),
    time.from,
    time.until,
    await combinationsOf(client, sites),
    limit + 1,
    value,
    course,
    part,
  ]);
  return pageOf(
    rows,
    limit,
    ({ course: key, at, value: worth, case_id: caseId, note }) => ({
      ...(caseId === null ? { key, kind: 'course' } : { key: caseId, kind: 'case' }),
      at,
      value: worth,
      ...(note === null ? {} : { note }),
    }),
    (row) => [String(row.value), row.course, String(row.part)],
  );
}

interface OpenCaseRow {
  readonly id: string;
  readonly key: string;
  readonly cause: string;
  readonly opened_at: Instant;
  readonly place: string;
}

const beforeAll = ['-infinity', '00000000-0000-0000-0000-000000000000'];

async function openCases(
  client: ClientBase,
  time: Time,
  { sites, limit, after = beforeAll }: EvidenceAsked,
): Promise<Page> {
  const { rows } = await client.query<OpenCaseRow>(casesOpenAt, [time.to, limit + 1, sites ?? null, ...after]);
  return pageOf(
    rows,
    limit,
    ({ id, key, cause, opened_at: at }) => ({
      key: id,
      kind: 'case',
      at,
      value: Math.max(0, Date.parse(time.to) - Date.parse(at)) / 1_000,
      note: `${cause} of ${key}`,
    }),
    ({ place, id }) => [place, id],
  );
}

/** See `FigureDesk.evidence`. */
export async function readEvidence(
  { database, book, timeZone, clock }: DeskNeeds,
  asked: EvidenceAsked,
): Promise<Result<Evidence | undefined, TimeFailure>> {
  const { figure } = asked;
  return atOneMoment(database, async (client): Promise<Result<Evidence | undefined, TimeFailure>> => {
    const read = await readTime(client, asked, clock.now(), timeZone);
    if (!read.ok) return read;
    const ofCases = book.openCases.find((each) => each.figure === figure);
    if (ofCases !== undefined) return ok({ unit: ofCases.unit, ...(await openCases(client, read.value, asked)) });
    const missing = book.missing.find((each) => each.figure === figure);
    if (missing !== undefined) return ok({ unit: missing.unit, rows: [] });
    const names = (await client.query<{ id: number; name: string }>(namesOf)).rows;
    const known = knownFigures(book.sets, names).find(({ description }) => description.figure === figure);
    if (known === undefined) return ok(undefined);
    const { id, description } = known;
    const { unit, better } = description;
    if (id === undefined) return ok({ unit, rows: [] });
    return ok({ unit, ...(await samples(client, { id, better }, read.value, asked)) });
  });
}
