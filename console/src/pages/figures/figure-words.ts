import { count, share } from '../../words/count.ts';
import { duration } from '../../words/duration.ts';
import type { Tone } from '../../words/tones.ts';
import type { Figure } from './questions.ts';

/** A value of a figure as one reads it. */
export function valueWords(unit: Figure['unit'], value: number): string {
  if (unit === 'seconds') return duration(value);
  if (unit === 'share') return share(value);
  return count(Math.round(value * 100) / 100);
}

/** Whether a key is that of an order itself: a fulfilment has its order's number, a dash and its warehouse. */
export const isOrderNumber = (key: string): boolean => /^[A-Z]*\d+$/.test(key);

/** How it stands against its baseline: nothing to say below two per cent. */
export function againstBaseline({ value, baseline, better, unit }: Figure): { text: string; tone: Tone } | undefined {
  if (value === undefined || baseline === undefined) return undefined;
  const difference = value - baseline.value;
  const text = `baseline ${valueWords(unit, baseline.value)}`;
  const small = baseline.value === 0 ? difference === 0 : Math.abs(difference / baseline.value) < 0.02;
  if (small) return { text: `as its ${text}`, tone: 'quiet' };
  const isBetter = better === 'lower' ? difference < 0 : difference > 0;
  return { text: `${isBetter ? 'better than' : 'worse than'} its ${text}`, tone: isBetter ? 'good' : 'bad' };
}

/** The groups in the order in which they are shown. */
export const groups = [
  { group: 'kpi', title: 'Key figures' },
  { group: 'latency-by-stage', title: 'How long each stage takes' },
  { group: 'failures-by-process', title: 'Failures by process' },
  { group: 'exception-age', title: 'Age of exceptions' },
] as const satisfies readonly { readonly group: Figure['group']; readonly title: string }[];
