import type { ReactNode } from 'react';
import './time-line.css';

/** What happened, moment by moment, under the headings of their days. */
export function TimeLine({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className="time-line" aria-label={label}>
      {children}
    </section>
  );
}

/** A day, whose heading stays in sight while one scrolls through it. */
export function TimeLineDay({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="time-line-day">
      <h2>{title}</h2>
      <ol>{children}</ol>
    </section>
  );
}

interface EntryProps {
  readonly at: string;
  /** The time as it is shown. */
  readonly time: string;
  /** In full, for whoever points at it. */
  readonly exactly: string;
  /** Before the words: who did it, as a sign. */
  readonly sign: ReactNode;
  readonly tone?: string;
  readonly children: ReactNode;
}

/** One moment. */
export function TimeLineEntry({ at, time, exactly, sign, tone = 'quiet', children }: EntryProps) {
  return (
    <li className="time-line-entry" data-tone={tone}>
      <time dateTime={at} title={exactly}>
        {time}
      </time>
      <span className="time-line-sign">{sign}</span>
      <div className="time-line-words">{children}</div>
    </li>
  );
}

/** A time in which nothing happened. */
export function TimeLineGap({ length, children }: { readonly length: string; readonly children: ReactNode }) {
  return (
    <li className="time-line-gap">
      <span className="time-line-gap-length">{length}</span>
      <span>{children}</span>
    </li>
  );
}
