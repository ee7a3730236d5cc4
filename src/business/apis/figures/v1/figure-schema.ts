import { type Static, Type } from 'typebox';
import { closed, DateText, InstantText, PlainText } from '#model/canonical';

const optional = Type.Optional;

const Unit = Type.Unsafe<'seconds' | 'share' | 'count' | 'money'>({
  type: 'string',
  enum: ['seconds', 'share', 'count', 'money'],
  description: '`share`: 0 to 1.',
});

/** A figure that is watched over time. */
export const Figure = Type.Object(
  {
    figure: Type.String({ description: 'Kebab-case, e.g. `order-cycle-time`.' }),
    title: Type.String(),
    group: Type.Unsafe<'kpi' | 'latency-by-stage' | 'failures-by-process' | 'exception-age'>({
      type: 'string',
      enum: ['kpi', 'latency-by-stage', 'failures-by-process', 'exception-age'],
    }),
    unit: Unit,
    better: Type.Unsafe<'lower' | 'higher'>({ type: 'string', enum: ['lower', 'higher'] }),
    formula: Type.String({ description: 'In words, exact enough to work it out by hand.' }),
    source: Type.String({ description: 'Which records it is worked out from.' }),
    available: Type.Boolean({ description: 'False: there is no data for it yet, and `because` says what is missing.' }),
    because: optional(Type.String()),
    value: optional(Type.Number({ description: 'Over the time asked for.' })),
    p95: optional(Type.Number()),
    sample: optional(Type.Integer({ description: 'How many orders, stays or cases it is worked out from.' })),
    baseline: optional(
      Type.Object(
        { value: Type.Number(), from: DateText, to: DateText, setAt: InstantText, setBy: Type.String() },
        closed,
      ),
    ),
    trend: Type.Array(
      Type.Object({ at: InstantText, value: optional(Type.Number()), sample: Type.Integer() }, closed),
      {
        description:
          'By day, or by hour when less than three days are asked for; without `value` where there was nothing.',
      },
    ),
  },
  closed,
);
export type Figure = Static<typeof Figure>;

export const Figures = Type.Object(
  { from: InstantText, to: InstantText, figures: Type.Array(Figure) },
  { ...closed, $id: 'https://crossdock.dev/schemas/figures/1' },
);
export type Figures = Static<typeof Figures>;

/** What stands behind a figure: each order, stay or case with what it contributes. */
export const FigureEvidence = Type.Object(
  {
    figure: Type.String(),
    rows: Type.Array(
      Type.Object(
        {
          key: Type.String({ description: 'The order, or the case.' }),
          kind: Type.Unsafe<'order' | 'case'>({ type: 'string', enum: ['order', 'case'] }),
          at: InstantText,
          value: Type.Number(),
          note: optional(Type.String()),
        },
        closed,
      ),
      { description: 'The worst first.' },
    ),
    next: optional(Type.String()),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/figure-evidence/1' },
);
export type FigureEvidence = Static<typeof FigureEvidence>;

/** What a figure is held against from now on. */
export const NewBaseline = Type.Object(
  {
    value: optional(Type.Number({ minimum: 0, description: 'Absent: what the figure was in that time.' })),
    from: DateText,
    to: DateText,
    reason: PlainText('Why, in a sentence; it stands in the audit.', 500),
  },
  { ...closed, examples: [{ from: '2026-01-01', to: '2026-03-31', reason: 'the quarter before Crossdock' }] },
);

/** What a figure is held against, after it was set. */
export const SetBaseline = Type.Object(
  {
    figure: Type.String(),
    baseline: Type.Object(
      { value: Type.Number(), from: DateText, to: DateText, setAt: InstantText, setBy: Type.String() },
      closed,
    ),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/figure-baseline/1' },
);
