import type { FigureDesk } from '#platform/figures';

/** What the handlers of the figures API are given. */
export interface FiguresNeeds {
  readonly figures: FigureDesk;
}
