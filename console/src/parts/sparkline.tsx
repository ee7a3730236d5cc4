import './sparkline.css';
import { sparklinePath } from './sparkline-path.ts';

interface SparklineProps {
  readonly values: readonly (number | undefined)[];
  /** What it shows, with its last value, for who does not see it: `Messages an hour, 12 in the last`. */
  readonly label: string;
  /** `bars` for counts, from nothing up; `line` (default) for measures. */
  readonly kind?: 'line' | 'bars';
  readonly width?: number;
  readonly height?: number;
}

/** How something went, without axes. */
export function Sparkline({ values, label, kind = 'line', width = 96, height = 20 }: SparklineProps) {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const bar = width / Math.max(1, values.length);
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 -2 ${width} ${height + 4}`}
    >
      {kind === 'line' ? (
        <path d={sparklinePath(values, width, height)} />
      ) : (
        values.map((value, at) => {
          const tall = value === undefined || value === 0 ? 1 : Math.max(2, (value / most) * height);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is named by its place.
              key={at}
              className={value ? undefined : 'nothing'}
              x={at * bar + 0.5}
              y={height - tall}
              width={Math.max(1, bar - 1)}
              height={tall}
            />
          );
        })
      )}
    </svg>
  );
}
