import './diff.css';

/** What became other at one place, as the APIs say it. */
export interface Difference {
  /** JSON Pointer. */
  readonly path: string;
  /** Absent: it was not there before. */
  readonly from?: unknown;
  /** Absent: it is not there any more. */
  readonly to?: unknown;
}

const written = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** `/lines/0/unitPrice` → `lines › 0 › unitPrice`. */
export const readablePath = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ') || 'the whole';

/** What became other, place by place. */
export function Diff({ differences }: { readonly differences: readonly Difference[] }) {
  if (differences.length === 0) return <p className="diff-none">Nothing is different.</p>;
  return (
    <ul className="diff">
      {differences.map((difference) => {
        const { path, from, to } = difference;
        return (
          <li key={path}>
            <span className="diff-path">{readablePath(path)}</span>
            {'from' in difference && from !== undefined ? (
              <del>
                <span className="hidden">was </span>
                {written(from)}
              </del>
            ) : null}
            {'to' in difference && to !== undefined ? (
              <ins>
                <span className="hidden">is </span>
                {written(to)}
              </ins>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
