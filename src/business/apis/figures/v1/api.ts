import { defineApi } from '#platform/gateway';
import { evidenceCsv, figuresCsv } from './csv-routes.ts';
import { listFigures, showFigure } from './list-figures.ts';
import type { FiguresNeeds } from './needs.ts';
import { setBaseline } from './set-baseline.ts';
import { showEvidence } from './show-evidence.ts';

/** The figures product, version 1: contract and policy. Scopes: `figures:read`, `figures:baseline`. */
export const figuresV1 = defineApi<FiguresNeeds>({
  product: 'figures',
  version: 'v1',
  title: 'Figures',
  description:
    'How well it goes: key figures, the time that each stage takes, failures by process and the age of exceptions. Each says how it is ' +
    'worked out and from what, what it is held against, and which orders and cases stand behind it.',
  owner: 'operations',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 100, seconds: 10 },
  problems: {
    'nothing-to-hold-against': { kind: 'conflict', title: 'The figure has no value in that time' },
    'baseline-of-all-sites': { kind: 'forbidden', title: 'Only who may see all warehouses sets a baseline' },
  },
  routes: [listFigures, figuresCsv, showFigure, showEvidence, evidenceCsv, setBaseline],
});
