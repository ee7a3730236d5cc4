import type { ReactNode } from 'react';
import './waterfall.css';

/** A bar: `left` and `width` in shares of the track. */
export interface WaterfallRow {
  readonly id: string;
  readonly name: ReactNode;
  readonly depth: number;
  /** Whether what is below it is shown; absent: nothing is below it. */
  readonly unfolded?: boolean;
  readonly left: number;
  readonly width: number;
  readonly tone: string;
  /** It goes on. */
  readonly open: boolean;
  /** How long it took. */
  readonly length: string;
  readonly title: string;
}

interface Mark {
  readonly at: number;
  readonly text: string;
}

/** A part of the axis that is drawn shorter than it was. */
interface Fold {
  readonly left: number;
  readonly width: number;
  readonly text: string;
}

interface Props {
  readonly label: string;
  readonly rows: readonly WaterfallRow[];
  readonly marks: readonly Mark[];
  readonly folds: readonly Fold[];
  readonly onFold: (id: string) => void;
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Above the middle of the fold; at the right end it would stand out of the axis. */
const foldPlace = (middle: number) => (middle > 0.93 ? { right: 0, transform: 'none' } : { left: percent(middle) });

function Bar({ row: { left, width, tone, open, length } }: { readonly row: WaterfallRow }) {
  const place = left + width < 0.85 ? 'after' : left > 0.15 ? 'before' : 'inside';
  return (
    <span
      className="waterfall-bar"
      data-tone={tone}
      data-open={open || undefined}
      data-length={place}
      style={{ left: percent(left), width: percent(width) }}
    >
      <span className="waterfall-length">{length}</span>
    </span>
  );
}

/** Spans below each other on one axis of time, as a tree. */
export function Waterfall({ label, rows, marks, folds, onFold }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="waterfall-frame" aria-label={label} tabIndex={0}>
      <table className="waterfall">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="waterfall-axis" aria-label="When, and how long">
              {marks.map(({ at, text }) => (
                <span key={at} style={{ left: percent(at) }}>
                  {text}
                </span>
              ))}
              {folds.map(({ left, width, text }) => (
                <span key={left} className="waterfall-fold-text" style={foldPlace(left + width / 2)}>
                  {text}
                </span>
              ))}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" style={{ paddingInlineStart: `calc(${Math.min(row.depth, 6)} * 0.9rem + var(--gap-1))` }}>
                {row.unfolded === undefined ? (
                  <span className="waterfall-leaf" />
                ) : (
                  <button
                    type="button"
                    className="waterfall-fold"
                    aria-expanded={row.unfolded}
                    aria-label={row.unfolded ? 'Hide what is below' : 'Show what is below'}
                    onClick={() => onFold(row.id)}
                  >
                    {row.unfolded ? '▾' : '▸'}
                  </button>
                )}
                {row.name}
              </th>
              <td title={row.title}>
                {folds.map(({ left, width }) => (
                  <span key={left} className="waterfall-wait" style={{ left: percent(left), width: percent(width) }} />
                ))}
                <Bar row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
