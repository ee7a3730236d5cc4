import { language } from './language.ts';

const units = [
  { seconds: 86_400, name: 'd' },
  { seconds: 3_600, name: 'h' },
  { seconds: 60, name: 'min' },
  { seconds: 1, name: 's' },
] as const;

/**
 * A length of time as one reads it at a glance: its two largest units, rounded down. `3 d 4 h`, `2 h 5 min`, `40 s`; below a second `0.4 s`.
 */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.floor(Math.abs(seconds));
  if (whole === 0) return seconds === 0 ? '0 s' : `${Math.abs(seconds).toFixed(1)} s`;
  const first = units.findIndex((unit) => whole >= unit.seconds);
  const [large, small] = [units[first], units[first + 1]];
  if (large === undefined) return `${whole} s`;
  const largeCount = Math.floor(whole / large.seconds);
  const rest = small === undefined ? 0 : Math.floor((whole % large.seconds) / small.seconds);
  const largeText = `${largeCount.toLocaleString(language)} ${large.name}`;
  // Ten days and more: hours say nothing any more.
  if (rest === 0 || small === undefined || (large.name === 'd' && largeCount >= 10)) return largeText;
  return `${largeText} ${rest} ${small.name}`;
}

/** A length of time where there is little room: its largest unit alone, rounded down. `3 d`, `2 h`, `40 s`. */
export const shortDuration = (seconds: number): string => duration(seconds).split(' ').slice(0, 2).join(' ');
