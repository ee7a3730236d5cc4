import './meter.css';
import { count } from '../words/count.ts';

interface MeterProps {
  readonly value: number;
  readonly most: number;
  /** What is measured: `calls under way`. */
  readonly label: string;
}

/** How much of something is used: `5 of 8`, with a bar. */
export function Meter({ value, most, label }: MeterProps) {
  return (
    <span className="meter">
      <progress max={Math.max(1, most)} value={Math.min(value, most)} aria-label={`${value} of ${most} ${label}`} />
      <span>
        {count(value)} of {count(most)}
      </span>
    </span>
  );
}
