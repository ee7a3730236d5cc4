import type { Deed } from '../answers.ts';

/** A hold within a sentence: `credit`, `item 3`. */
export const holdWords = (hold: string): string => hold.replaceAll('-', ' ');

/** Deeds that the console does here; others are done where their link leads. */
const doneHere = new Set(['releaseHold', 'changeOrder', 'cancelOrder', 'releaseAgain']);

/** Whether the console can do it here. */
export const isDoneHere = ({ deed }: Deed): boolean => doneHere.has(deed);

/** What stands on the button of a deed: its title tells the whole story and is too long for one. */
export function buttonWords({ deed, subject, title }: Deed): string {
  if (deed === 'releaseHold')
    return subject === undefined ? 'Release the hold' : `Release the ${holdWords(subject)} hold`;
  if (deed === 'releaseAgain') return `Release ${subject ?? ''} again`.replace('  ', ' ');
  if (deed === 'changeOrder') return 'Change the order';
  return deed === 'cancelOrder' ? 'Cancel the order' : title;
}
