import { age, clock, relative } from '../words/when.ts';
import { useNow } from './now.ts';

interface WhenProps {
  /** An instant of the APIs, RFC 3339. */
  readonly at: string;
  /**
   * `relative` (default): `3 min ago`. `absolute`: `13:42`. `both`: `13:42 (3 min ago)`. `second`: `13:42:05`. `age`: `3 min`, how
   * long it has been so. All of it stands in the title.
   */
  readonly shows?: 'relative' | 'absolute' | 'both' | 'second' | 'age';
}

/** A point in time, in the browser's zone; the exact one shows when it is pointed at. */
export function When({ at, shows = 'relative' }: WhenProps) {
  const now = useNow();
  const text = {
    relative: () => relative(at, now),
    absolute: () => clock.absolute(at, now),
    both: () => `${clock.absolute(at, now)} (${relative(at, now)})`,
    second: () => clock.toSecond(at, now),
    age: () => age(at, now),
  }[shows]();
  return (
    <time dateTime={at} title={clock.exact(at)}>
      {text}
    </time>
  );
}
