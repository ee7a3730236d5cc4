export { createFigureDesk } from './create-figure-desk.ts';
export type { DeskNeeds } from './desk-needs.ts';
export { bringUpToDate, checkBasis, type KeepNeeds, type KeepOptions, keepFigures } from './keep-figures.ts';
