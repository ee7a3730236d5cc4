/** What a state means for who looks at it. Always shown with a word beside: colour alone says nothing to many. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

const tones: Readonly<Record<string, Tone>> = {
  // orders and fulfilments
  held: 'bad',
  'awaiting-stock': 'warn',
  'awaiting-remainder': 'warn',
  completed: 'good',
  shipped: 'good',
  cancelled: 'quiet',
  compensated: 'quiet',
  unwinding: 'warn',
  // lanes
  open: 'good',
  'breaker-open': 'bad',
  probing: 'warn',
  paused: 'warn',
  maintenance: 'quiet',
  // feeds
  fresh: 'good',
  late: 'warn',
  silent: 'bad',
  failing: 'bad',
  'not-read-yet': 'quiet',
  // what became of an effect, a message or a request
  done: 'good',
  applied: 'good',
  approved: 'good',
  accepted: 'good',
  agrees: 'good',
  ok: 'good',
  pending: 'warn',
  partly: 'warn',
  'in-flight': 'info',
  'under way': 'info',
  'in doubt: asking': 'warn',
  'in doubt: nobody knows': 'bad',
  refused: 'bad',
  failed: 'bad',
  error: 'bad',
  differs: 'bad',
  problem: 'bad',
  warning: 'warn',
  withdrawn: 'quiet',
  expired: 'quiet',
  ignored: 'quiet',
  closed: 'quiet',
  // an API's life
  active: 'good',
  deprecated: 'warn',
  retired: 'quiet',
};

/** The tone of a state by its name; one that is not known is on its way. */
export const toneOf = (name: string): Tone => tones[name] ?? 'info';
