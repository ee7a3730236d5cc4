import './due-day.css';
import { due } from '../words/due.ts';
import { duration } from '../words/duration.ts';
import { useNow } from './now.ts';

interface DueDayProps {
  /** A day of the APIs, or the last moment of it in UTC. */
  readonly by: string;
  /** `lateness` (default): `21 Nov, 2 d late`. `day`: `21 Nov`, where there is little room or nothing is waited for any more. */
  readonly says?: 'lateness' | 'day';
}

/** The day by which something is due, the same one wherever one looks from; all of it shows when it is pointed at. */
export function DueDay({ by, says = 'lateness' }: DueDayProps) {
  const { text, exact, daysLate } = due(by, useNow());
  const isLate = says === 'lateness' && daysLate > 0;
  return (
    <time dateTime={by.slice(0, 10)} title={exact} data-late={isLate || undefined}>
      {text}
      {isLate ? `, ${duration(daysLate * 86_400)} late` : null}
    </time>
  );
}
