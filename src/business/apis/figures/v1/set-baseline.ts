import { type Failure, writeRoute } from '#platform/gateway';
import { askedTime, badTime, FigurePath, noSuchFigure } from './asked-time.ts';
import { NewBaseline, SetBaseline } from './figure-schema.ts';
import type { FiguresNeeds } from './needs.ts';

/** What is wrong with the body names no other place. */
const inBody = (failures: readonly Failure[]): readonly Failure[] => failures.map(({ in: _, ...failure }) => failure);

export const setBaseline = writeRoute<FiguresNeeds>()({
  name: 'setBaseline',
  method: 'POST',
  path: '/figures/{figure}/baseline',
  summary: 'Set what a figure is held against',
  description:
    'A value over some days, or, without `value`, what the figure was in them. It counts from now on; the ones before are kept, and who set it stands in the audit.',
  access: { scope: 'figures:baseline' },
  params: FigurePath,
  body: NewBaseline,
  remembers: 'gateway',
  answers: { ok: SetBaseline },
  problems: ['nothing-to-hold-against', 'baseline-of-all-sites'],
  handle: async ({ params: { figure }, body, by, intent, sites }, { figures }) => {
    if (sites !== undefined) {
      const detail = 'A baseline is of all warehouses together: somebody who may see all of them sets it.';
      return { problem: 'baseline-of-all-sites', detail };
    }
    const days = askedTime(body);
    if (!days.ok) return badTime(inBody(days.failures), 'body');
    const set = await figures.setBaseline({ ...body, figure, by, intent: `${by}:${intent.key}` });
    if (set === 'absent') return noSuchFigure(figure);
    if (set === 'no-value') {
      const detail = `${figure} has no value from ${body.from} to ${body.to}: give the value, or other days.`;
      return { problem: 'nothing-to-hold-against', detail };
    }
    if (!set.ok) return badTime(set.failures, 'body');
    return {
      outcome: 'ok',
      body: { figure, baseline: set.value },
      ...(intent.repeated ? { replayed: true as const } : {}),
    };
  },
});
