import { type Static, Type } from 'typebox';
import { openCaseAges } from '#business/figures';
import { closed } from '#model/canonical';
import { failed, ok, type Result } from '#model/kernel';
import type { Evidence, EvidencePlace } from '#platform/figures';
import { type Failure, readRoute } from '#platform/gateway';
import { askedTime, badTime, FigurePath, noSuchFigure, timeMembers } from './asked-time.ts';
import { FigureEvidence } from './figure-schema.ts';
import type { FiguresNeeds } from './needs.ts';

const Query = Type.Object(
  {
    ...timeMembers,
    after: Type.Optional(
      Type.String({
        maxLength: 600,
        description:
          '`next` of the page before. Give the same `from` and `to` with it, both: else time goes on between pages.',
      }),
    ),
    limit: Type.Optional(
      Type.String({
        pattern: '^([1-9][0-9]?|1[0-9][0-9]|200)$',
        description: 'How many at most, 1 to 200; 50 if absent.',
      }),
    ),
  },
  closed,
);

const usualPage = 50;
const moment = /^(-?infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00)$/;
const number = /^\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const part = /^\d{1,9}$/;

const isPlace = (parts: readonly string[]): boolean => {
  const [first = '', second = '', third = ''] = parts;
  if (parts.length === 2) return moment.test(first) && uuid.test(second);
  return parts.length === 3 && number.test(first) && second !== '' && part.test(third);
};

const wrongPlace: Failure = {
  in: 'query',
  code: 'unknown-place',
  path: '/after',
  message: 'This is not where a page of this list ended: give `next` of the page before.',
};

/** Percent-encoded first, for keys may have any letters. */
const writePlace = (place: EvidencePlace): string => encodeURIComponent(JSON.stringify(place));

function readPlace(text: string, isOfCases: boolean): Result<EvidencePlace, Failure> {
  try {
    const parts: unknown = JSON.parse(decodeURIComponent(text));
    if (!Array.isArray(parts) || !parts.every((each) => typeof each === 'string')) return failed([wrongPlace]);
    return isPlace(parts) && (parts.length === 2) === isOfCases ? ok(parts) : failed([wrongPlace]);
  } catch {
    return failed([wrongPlace]);
  }
}

type Row = Static<typeof FigureEvidence>['rows'][number];

/** As the API calls them. */
export const evidenceRows = ({ rows }: Evidence): Row[] =>
  rows.map(({ kind, ...row }) => ({ ...row, kind: kind === 'case' ? 'case' : 'order' }));

/** Figures whose evidence is cases that are open, by their age. */
const ofOpenCases = (figure: string): boolean => openCaseAges.some((each) => each.figure === figure);

export const showEvidence = readRoute<FiguresNeeds>()({
  name: 'showEvidence',
  path: '/figures/{figure}/evidence',
  summary: 'What stands behind a figure: each order, stay or case with its part in it, the worst first, page by page',
  description:
    'All pages together are the figure: their median, mean or sum is its value. Give `next` of a page as `after` to have the one that follows; it is absent on the last.',
  access: { scope: 'figures:read' },
  params: FigurePath,
  query: Query,
  answers: { ok: FigureEvidence },
  problems: [],
  handle: async ({ params: { figure }, query: { after, limit, ...time }, sites }, { figures }) => {
    const asked = askedTime(time);
    if (!asked.ok) return badTime(asked.failures);
    const place = after === undefined ? ok(undefined) : readPlace(after, ofOpenCases(figure));
    if (!place.ok) return badTime(place.failures);
    const read = await figures.evidence({
      ...asked.value,
      figure,
      limit: limit === undefined ? usualPage : Number(limit),
      ...(place.value === undefined ? {} : { after: place.value }),
      ...(sites === undefined ? {} : { sites }),
    });
    if (!read.ok) return badTime(read.failures);
    if (read.value === undefined) return noSuchFigure(figure);
    const { next } = read.value;
    return {
      outcome: 'ok',
      body: { figure, rows: evidenceRows(read.value), ...(next === undefined ? {} : { next: writePlace(next) }) },
    };
  },
});
