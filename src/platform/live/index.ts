export type { Change, ChangedThing, Hearing, ToldChange } from './change.ts';
export { compareLooks, type Look } from './compare.ts';
export { type ChangeSource, createLive, type Live } from './create-live.ts';
export { askForRecent, type Happening } from './recent.ts';
