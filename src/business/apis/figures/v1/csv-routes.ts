import { Type } from 'typebox';
import { readRoute, writeCsv } from '#platform/gateway';
import { askedTime, badTime, FigurePath, noSuchFigure, TimeQuery } from './asked-time.ts';
import { FiguresQuery } from './list-figures.ts';
import type { FiguresNeeds } from './needs.ts';
import { evidenceRows } from './show-evidence.ts';

/** More are not for a spreadsheet: the pages of the evidence have them all. */
const mostRows = 10_000;
const Csv = Type.String({ description: 'RFC 4180, with a head.' });

const figureHead = [
  ...['figure', 'title', 'group', 'unit', 'better', 'from', 'to', 'value', 'p95', 'sample'],
  ...['baseline', 'baseline from', 'baseline to', 'missing', 'formula', 'source'],
];

export const figuresCsv = readRoute<FiguresNeeds>()({
  name: 'figuresCsv',
  path: '/figures.csv',
  summary: 'Every figure over a time as CSV, one line each',
  access: { scope: 'figures:read' },
  query: FiguresQuery,
  media: 'text/csv',
  answers: { ok: Csv },
  problems: [],
  handle: async ({ query: { group, ...time }, sites }, { figures }) => {
    const asked = askedTime(time);
    if (!asked.ok) return badTime(asked.failures);
    const read = await figures.read({
      ...asked.value,
      ...(group === undefined ? {} : { group }),
      ...(sites === undefined ? {} : { sites }),
    });
    if (!read.ok) return badTime(read.failures);
    const { from, to } = read.value;
    const rows = read.value.figures.map((each) => [
      ...[each.figure, each.title, each.group, each.unit, each.better, from, to, each.value, each.p95, each.sample],
      ...[each.baseline?.value, each.baseline?.from, each.baseline?.to, each.because, each.formula, each.source],
    ]);
    return { outcome: 'ok', body: writeCsv(figureHead, rows), fileName: `figures-${to.slice(0, 10)}.csv` };
  },
});

export const evidenceCsv = readRoute<FiguresNeeds>()({
  name: 'evidenceCsv',
  path: '/figures/{figure}/evidence.csv',
  summary: `What stands behind a figure as CSV, the worst first: ${mostRows.toLocaleString('en')} lines at most`,
  description: `The name of a file that is not all of it ends in \`first-${mostRows}\`; the pages of the evidence have the rest.`,
  access: { scope: 'figures:read' },
  params: FigurePath,
  query: TimeQuery,
  media: 'text/csv',
  answers: { ok: Csv },
  problems: [],
  handle: async ({ params: { figure }, query, sites }, { figures }) => {
    const asked = askedTime(query);
    if (!asked.ok) return badTime(asked.failures);
    const read = await figures.evidence({
      ...asked.value,
      figure,
      limit: mostRows,
      ...(sites === undefined ? {} : { sites }),
    });
    if (!read.ok) return badTime(read.failures);
    if (read.value === undefined) return noSuchFigure(figure);
    const { unit, next } = read.value;
    const rows = evidenceRows(read.value).map(({ key, kind, at, value, note }) => [key, kind, at, value, unit, note]);
    return {
      outcome: 'ok',
      body: writeCsv(['key', 'kind', 'at', 'value', 'unit', 'note'], rows),
      fileName: next === undefined ? `${figure}.csv` : `${figure}-first-${mostRows}.csv`,
    };
  },
});
