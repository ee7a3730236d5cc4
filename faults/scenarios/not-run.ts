/** A row of the catalogue that nobody can run, and why. */
export interface NotRun {
  readonly id: string;
  readonly because: string;
}

/** Rows of the catalogue without a scenario: the harness lists them beside what it ran, so that nobody takes them for passed. */
export const notRun: readonly NotRun[] = [
  { id: 'S22', because: 'no connector of the project speaks OData: there is no $batch that could fail in part' },
];
