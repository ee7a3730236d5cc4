/** How long a state may last. `business` counts only the hours of the installation's business calendar. */
export interface Duration {
  readonly milliseconds: number;
  readonly calendar: 'elapsed' | 'business';
}

const elapsed = (milliseconds: number): Duration => ({ milliseconds, calendar: 'elapsed' });

export const milliseconds = (n: number): Duration => elapsed(n);
export const seconds = (n: number): Duration => elapsed(n * 1_000);
export const minutes = (n: number): Duration => elapsed(n * 60_000);
export const hours = (n: number): Duration => elapsed(n * 3_600_000);
export const days = (n: number): Duration => elapsed(n * 86_400_000);
export const businessHours = (n: number): Duration => ({ milliseconds: n * 3_600_000, calendar: 'business' });

/** A duration, or one that the run's document gives, e.g. because an outside system says how long it takes. */
export type DurationOf<Doc> = Duration | ((doc: Doc) => Duration);

export const durationOf = <Doc>(within: DurationOf<Doc>, doc: Doc): Duration =>
  typeof within === 'function' ? within(doc) : within;
