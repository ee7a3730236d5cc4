/** What may be done about a case. */
export const caseActions = [
  'retry',
  'edit-and-retry',
  'answer',
  'not-done',
  'skip',
  'compensate',
  'assign',
  'escalate',
  'note',
  'close',
] as const;
export type CaseActionName = (typeof caseActions)[number];

/** Whether an action may be done now, and if not, why not. */
export type Allowance = { readonly allowed: true } | { readonly allowed: false; readonly because: string };

export type Allowances = Readonly<Record<CaseActionName, Allowance>>;

export const allowed: Allowance = { allowed: true };
export const notAllowed = (because: string): Allowance => ({ allowed: false, because });

const arranging: ReadonlySet<CaseActionName> = new Set(['assign', 'escalate', 'note']);

/** It decides about the case's cause; the others only arrange who looks at it. */
export const decides = (action: CaseActionName): boolean => !arranging.has(action);
