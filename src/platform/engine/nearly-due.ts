import type { Draft } from './draft.ts';
import { closeCases, openCase } from './draft-cases.ts';
import type { Table } from './table.ts';

/** The share of the present visit's time after which its state wants a warning has passed. */
export const nearlyDue = 'nearly-due';

const cause = 'nearly-overdue-';

/** Somebody should look before it is too late; the case ends with the visit. */
export function warnOfDeadline(draft: Draft, table: Table): void {
  const { state } = draft.run;
  const means = table.states[state]?.means ?? '';
  const summary = `Its time in ${state} is nearly over (${means}). See to it before its deadline.`;
  openCase(draft, table, { cause: `${cause}${state}`, summary, severity: 'warning' }, 'visit');
}

/** What was a warning is a breach now. */
export function forgetWarning(draft: Draft): void {
  closeCases(draft, 'its deadline has passed', (open) => open.visit !== undefined && open.cause.startsWith(cause));
}
