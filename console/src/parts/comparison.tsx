import type { ReactNode } from 'react';
import './comparison.css';

interface Column {
  readonly id: string;
  readonly name: string;
  /** Below the name. */
  readonly note?: ReactNode;
}

interface ComparedCell {
  readonly column: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  /** `agrees`, `differs`, `in-flight` or `silent`. */
  readonly standing: string;
  readonly title?: string;
}

interface ComparedRow {
  readonly id: string;
  readonly name: string;
  readonly differs: boolean;
  readonly cells: readonly ComparedCell[];
}

export interface ComparedSection {
  readonly id: string;
  readonly title: ReactNode;
  readonly rows: readonly ComparedRow[];
}

interface Props {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly sections: readonly ComparedSection[];
}

function Cell({ cell }: { readonly cell: ComparedCell | undefined }) {
  if (cell === undefined) return <td className="comparison-nothing">–</td>;
  return (
    <td data-standing={cell.standing} title={cell.title}>
      <span className="comparison-value">{cell.value}</span>
      {cell.note === undefined ? null : <span className="comparison-note">{cell.note}</span>}
    </td>
  );
}

/** Who says what of one thing, a column for each who says something. */
export function Comparison({ label, columns, sections }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="comparison" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Property</th>
            {columns.map(({ id, name, note }) => (
              <th scope="col" key={id}>
                {name}
                {note === undefined ? null : <span className="comparison-note">{note}</span>}
              </th>
            ))}
          </tr>
        </thead>
        {sections.map(({ id, title, rows }) => (
          <tbody key={id}>
            <tr className="comparison-section">
              <th scope="colgroup" colSpan={columns.length + 1}>
                {title}
              </th>
            </tr>
            {rows.map((row) => (
              <tr key={row.id} data-differs={row.differs || undefined}>
                <th scope="row">{row.name}</th>
                {columns.map((column) => (
                  <Cell key={column.id} cell={row.cells.find((cell) => cell.column === column.id)} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
