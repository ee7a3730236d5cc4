import type { Row } from '../../records/row.ts';

export interface GroupRow extends Row {
  readonly name: string;
}

export interface UserRow extends Row {
  readonly name: string;
  readonly login: string;
  readonly active: boolean;
  readonly company: number;
  readonly groups: readonly number[];
}

export interface SessionRow extends Row {
  readonly user: number;
  readonly key: string;
}

export interface WizardSessionRow extends Row {
  readonly wizard: string;
}

/** "Yes, I know": the acceptance of a warning by a user, used up by the call that it lets through. */
export interface WarningRow extends Row {
  readonly user: number;
  readonly name: string;
  readonly always: boolean;
}
