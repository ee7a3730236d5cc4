import type { Feed } from './system-queries.ts';

const words = {
  fresh: 'Fresh',
  late: 'Late',
  silent: 'Silent',
  failing: 'Failing',
  'not-read-yet': 'Not read yet',
} as const;

const means = {
  fresh: 'It is read in its rhythm, and its messages come in time.',
  late: 'Its messages take longer than they should.',
  silent: 'It was not read for three of its rhythms.',
  failing: 'Its last reading failed.',
  'not-read-yet': 'It has not been read since the platform knows it.',
} as const;

/** A feed's health in a word. */
export const feedHealth = (feed: Pick<Feed, 'health'>): string => words[feed.health];
/** What a feed's health means, with what the platform says of it. */
export const feedBecause = (feed: Pick<Feed, 'health' | 'because'>): string => feed.because ?? means[feed.health];
