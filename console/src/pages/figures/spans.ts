import { clock } from '../../words/when.ts';

const dayMs = 86_400_000;

/** The day so many days before another: `2026-03-01` and 1 → `2026-02-28`. */
const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);

/** The times that people usually want: so many days of the calendar, today being the last. */
export const spans = [
  { title: 'Today', days: 1 },
  // What the API answers when it is not told: the address stays as it is.
  { title: '7 days', days: undefined },
  { title: '30 days', days: 30 },
  { title: '90 days', days: 90 },
] as const;

/** The first of so many days, where who looks has it `now`. The API takes days, and means those of its installation. */
export const firstOf = (days: number, now: Date, { day }: Pick<typeof clock, 'day'> = clock): string =>
  daysBefore(day(now), days - 1);

interface Moments {
  readonly from: string;
  readonly to: string;
}

/** The days that a time from one moment to before another touches. */
export const daysOf = ({ from, to }: Moments, { day }: Pick<typeof clock, 'day'> = clock): Moments => ({
  from: day(new Date(from)),
  to: day(new Date(Date.parse(to) - 1)),
});
