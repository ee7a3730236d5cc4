import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { readRoute } from '#platform/gateway';
import { askedTime, badTime, FigurePath, noSuchFigure, TimeQuery, timeMembers } from './asked-time.ts';
import { Figure, Figures } from './figure-schema.ts';
import type { FiguresNeeds } from './needs.ts';

export const FiguresQuery = Type.Object({ ...timeMembers, group: Type.Optional(Figure.properties.group) }, closed);

const ofTheirSites =
  'Who may see some warehouses only gets what is about those, and no baselines: they are of all warehouses together.';

export const listFigures = readRoute<FiguresNeeds>()({
  name: 'listFigures',
  path: '/figures',
  summary: 'Every figure over a time: formula, source, value, baseline and trend',
  description: `One for which there are no records says so. ${ofTheirSites}`,
  access: { scope: 'figures:read' },
  query: FiguresQuery,
  answers: { ok: Figures },
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
    return { outcome: 'ok', body: { ...read.value, figures: [...read.value.figures].map(figureView) } };
  },
});

export const showFigure = readRoute<FiguresNeeds>()({
  name: 'showFigure',
  path: '/figures/{figure}',
  summary: 'One figure over a time',
  description: ofTheirSites,
  access: { scope: 'figures:read' },
  params: FigurePath,
  query: TimeQuery,
  answers: { ok: Figures },
  problems: [],
  handle: async ({ params: { figure }, query, sites }, { figures }) => {
    const asked = askedTime(query);
    if (!asked.ok) return badTime(asked.failures);
    const read = await figures.read({ ...asked.value, figure, ...(sites === undefined ? {} : { sites }) });
    if (!read.ok) return badTime(read.failures);
    if (read.value.figures.length === 0) return noSuchFigure(figure);
    return { outcome: 'ok', body: { ...read.value, figures: read.value.figures.map(figureView) } };
  },
});

function figureView(figure: Omit<Figure, 'trend'> & { readonly trend: readonly Figure['trend'][number][] }): Figure {
  return { ...figure, trend: [...figure.trend] };
}
