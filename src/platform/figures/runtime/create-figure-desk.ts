import type { FigureDesk } from '../figure-desk.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { readEvidence } from './read-evidence.ts';
import { readFigures } from './read-figures.ts';
import { setBaseline } from './set-baseline.ts';

/** The desk of an installation. */
export function createFigureDesk(needs: DeskNeeds): FigureDesk {
  return {
    read: (asked) => readFigures(needs, asked),
    evidence: (asked) => readEvidence(needs, asked),
    setBaseline: (act) => setBaseline(needs, act),
  };
}
