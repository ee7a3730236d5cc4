import './stat.css';
import { Link } from '@swan-io/chicane';
import type { ReactNode } from 'react';
import type { Tone } from '../words/tones.ts';

interface StatProps {
  readonly label: string;
  /** Already in words: `1,234`. */
  readonly value: ReactNode;
  /** What it is compared with, or made of. */
  readonly note?: ReactNode;
  readonly tone?: Tone;
  /** Where what is counted can be seen. */
  readonly to?: string;
}

/** A number that one looks for. */
export function Stat({ label, value, note, tone, to }: StatProps) {
  const content = (
    <>
      <span className="stat-label">{label}</span>
      <span className="stat-value">{value}</span>
      {note === undefined ? null : <span className="stat-note">{note}</span>}
    </>
  );
  const className = `stat ${tone ?? ''}`;
  return to === undefined ? (
    <div className={className}>{content}</div>
  ) : (
    <Link className={className} to={to}>
      {content}
    </Link>
  );
}

/** Stats beside each other. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return <div className="stats">{children}</div>;
}
