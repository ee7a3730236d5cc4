import './list.css';
import { Link } from '@swan-io/chicane';
import { type CSSProperties, type ReactNode, useRef } from 'react';
import { type KeyDeed, useKeys } from './keys.ts';
import { ProblemNote } from './problem.tsx';
import { type More, ShowMore } from './show-more.tsx';

/** A column of a list. */
export interface Column<Row> {
  readonly name: string;
  readonly title: string;
  /** What stands in it says it already; the title is only for who does not see. */
  readonly isTitleHidden?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  readonly align?: 'end';
  /** CSS width, e.g. `8rem`. Columns without one share what is left. */
  readonly width?: string;
  /** `wide`: hidden below 1100 pixels; `phone`: hidden at phone width. Absent: always shown. */
  readonly hideBelow?: 'wide' | 'phone';
  /** May take several lines; others end in an ellipsis. */
  readonly wraps?: boolean;
}

interface ListProps<Row> {
  /** What they are, for who does not see: `Orders`. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined: they are being loaded. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  /** Where a row leads. The first column becomes the link; the whole row can be clicked, and opened beside. */
  readonly rowLink?: (row: Row) => string;
  readonly more?: More;
  /** What was thrown instead. Rows from before stay. */
  readonly problem?: unknown;
  readonly retry?: () => void;
  /** Shown when there is nothing: an `<Empty>`. */
  readonly empty: ReactNode;
  /** How many rows are likely, so that little jumps when they come. Default 8. */
  readonly expected?: number;
  /** False where several lists stand on a page: `j` and `k` belong to the one that matters. Default true. */
  readonly hasKeys?: boolean;
}

const classOf = <Row,>({ align, hideBelow, wraps }: Column<Row>): string =>
  [align, hideBelow && `from-${hideBelow}`, wraps && 'wraps'].filter(Boolean).join(' ');

/** A dense table: rows that lead somewhere, `j` and `k` to go up and down, more when one comes near its end. */
export function List<Row>(props: ListProps<Row>) {
  const { label, columns, rows, rowKey, rowLink, more, problem, retry, empty, expected = 8, hasKeys = true } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const failed = problem !== undefined && problem !== null;

  function move(step: 1 | -1): void {
    const targets = [...(body.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = targets.findIndex((target) => target.closest('tr')?.contains(document.activeElement));
    const next = targets[at < 0 ? 0 : at + step];
    if (next === undefined) more?.load();
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }
  const keys: readonly KeyDeed[] = [
    { keys: 'j', does: 'Next row', act: () => move(1) },
    { keys: 'k', does: 'Row before', act: () => move(-1) },
    ...(rowLink === undefined ? [] : [{ keys: 'Enter', does: 'Open the row' }]),
  ];
  useKeys(hasKeys ? keys : []);

  if (rows === undefined && failed)
    return <ProblemNote problem={problem} {...(retry === undefined ? {} : { retry })} />;
  if (rows?.length === 0 && !failed) return empty;
  return (
    <div className="list">
      {failed ? <ProblemNote problem={problem} {...(retry === undefined ? {} : { retry })} /> : null}
      <table aria-label={label} aria-busy={rows === undefined}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.name} className={classOf(column)} style={{ '--width': column.width } as CSSProperties} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={classOf(column)}>
                <span className={column.isTitleHidden === true ? 'hidden' : undefined}>{column.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows === undefined
            ? Array.from({ length: expected }, (_, line) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing have no name but their place.
                <tr key={line}>
                  {columns.map((column, at) => (
                    <td key={column.name} className={classOf(column)}>
                      <span className="skeleton-cell" style={{ width: `${85 - ((line * 13 + at * 29) % 50)}%` }} />
                    </td>
                  ))}
                </tr>
              ))
            : rows.map((row) => (
                <tr key={rowKey(row)} className={rowLink === undefined ? undefined : 'leads'}>
                  {columns.map((column, at) => (
                    <td key={column.name} className={classOf(column)}>
                      {at > 0 ? (
                        column.cell(row)
                      ) : rowLink === undefined ? (
                        <span data-row tabIndex={-1}>
                          {column.cell(row)}
                        </span>
                      ) : (
                        <Link className="row-link" data-row to={rowLink(row)}>
                          {column.cell(row)}
                        </Link>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
      {more === undefined ? null : <ShowMore more={more} />}
    </div>
  );
}
