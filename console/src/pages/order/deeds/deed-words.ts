import type { Deed } from '../answers.ts';

/** Deeds that the console does here; others are done where their link leads. */
const doneHere = new Set(['releaseHold', 'changeOrder', 'cancelOrder', 'releaseAgain']);

/** Whether the console can do it here. */
export const isDoneHere = ({ deed }: Deed): boolean => doneHere.has(deed);

/** What stands on the button of a deed: its title tells the whole story and is too long for one. */
export function buttonWords({ deed, subject, title }: Deed): string {
  if (deed === 'releaseHold') return `Release hold ${subject ?? ''}`.trim();
  if (deed === 'releaseAgain') return `Release ${subject ?? ''} again`.replace('  ', ' ');
  if (deed === 'changeOrder') return 'Change the order';
  return deed === 'cancelOrder' ? 'Cancel the order' : title;
}
