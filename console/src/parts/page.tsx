import './page.css';
import { Link, useLocation } from '@swan-io/chicane';
import { type ReactNode, useEffect, useRef } from 'react';

interface PageProps {
  /** Also the window's title. */
  readonly title: string;
  /** In place of the title in the heading, where it wants more than text. */
  readonly heading?: ReactNode;
  /** What the page is for, or what stands out now; a sentence. */
  readonly lede?: ReactNode;
  /** Buttons at the right of the heading. */
  readonly actions?: ReactNode;
  /** The place above this one. */
  readonly above?: { readonly to: string; readonly title: string };
  readonly children: ReactNode;
}

/** Whether one came here from another page of the console: only then the heading takes the focus. */
let place: string | undefined;

/** A page: its heading, what may be done, and its content. */
export function Page({ title, heading, lede, actions, above, children }: PageProps) {
  const headingElement = useRef<HTMLHeadingElement>(null);
  const { path } = useLocation().raw;
  useEffect(() => {
    document.title = `${title} · Crossdock`;
  }, [title]);
  useEffect(() => {
    if (place !== undefined && place !== path) {
      headingElement.current?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
    place = path;
  }, [path]);
  return (
    <main className="page" id="page">
      <header className="page-header">
        <div className="page-heading">
          {above === undefined ? null : (
            <Link className="page-above" to={above.to}>
              {above.title} /
            </Link>
          )}
          <h1 ref={headingElement} tabIndex={-1} title={title}>
            {heading ?? title}
          </h1>
          {lede === undefined ? null : <p className="page-lede">{lede}</p>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

interface SectionProps {
  readonly title: string;
  /** At the right of its heading. */
  readonly aside?: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with a heading. */
export function Section({ title, aside, note, children }: SectionProps) {
  return (
    <section className="section">
      <header className="section-header">
        <h2>{title}</h2>
        {note === undefined ? null : <p className="section-note">{note}</p>}
        {aside === undefined ? null : <div className="section-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

/** A box with a surface of its own. */
export function Card({ children }: { readonly children: ReactNode }) {
  return <div className="card">{children}</div>;
}

/** Names and what they are, beside each other: `[['Owner', 'operations'], …]`. What is undefined is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
