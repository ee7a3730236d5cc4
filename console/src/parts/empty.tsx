import './empty.css';
import type { ReactNode } from 'react';

interface EmptyProps {
  /** Why there is nothing: `No order is held.` */
  readonly title: string;
  /** What one may do next. */
  readonly children?: ReactNode;
}

/** Where there is nothing to show: why, and what to do. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children === undefined ? null : <div className="empty-next">{children}</div>}
    </div>
  );
}
