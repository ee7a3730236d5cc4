import { type Refusal, refuse } from '../refusal.ts';
import type { ChildList, Row } from './evaluate.ts';

/** One page of an answer, as it stands on the wire. */
export interface Page {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly Row[];
}

export interface PageSizes {
  /** Records in a page of a query. */
  readonly queryBatch: number;
  /** Records in a page of a list of children. */
  readonly childBatch: number;
}

export interface Pages {
  first(rows: readonly Row[], version: string, sizes: PageSizes): Page;
  /** The page after `nextRecordsUrl`; `locator` is its last part. */
  next(locator: string, version: string, sizes: PageSizes): Page | Refusal;
}

const keptAnswers = 1_000;

const isChildList = (value: unknown): value is ChildList =>
  typeof value === 'object' && value !== null && 'rows' in value && !('attributes' in value);

/** Cuts answers into pages and keeps the rest until it is asked for. */
export function createPages(): Pages {
  const answers = new Map<string, { readonly rows: readonly Row[]; readonly size: 'queryBatch' | 'childBatch' }>();
  let count = 0;

  const keep = (rows: readonly Row[], size: 'queryBatch' | 'childBatch'): string => {
    count += 1;
    const name = `01gCd${String(count).padStart(13, '0')}`;
    answers.set(name, { rows, size });
    const [oldest] = answers.keys();
    if (answers.size > keptAnswers && oldest !== undefined) answers.delete(oldest);
    return name;
  };

  const shown = (row: Row, version: string, sizes: PageSizes): Row =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        isChildList(value) ? page(value.rows, 'childBatch', 0, undefined, version, sizes) : value,
      ]),
    );

  const page = (
    rows: readonly Row[],
    size: 'queryBatch' | 'childBatch',
    from: number,
    known: string | undefined,
    version: string,
    sizes: PageSizes,
  ): Page => {
    const to = from + sizes[size];
    const done = to >= rows.length;
    const url = done ? {} : { nextRecordsUrl: `/services/data/${version}/query/${known ?? keep(rows, size)}-${to}` };
    const records = rows.slice(from, to).map((row) => shown(row, version, sizes));
    return { totalSize: rows.length, done, ...url, records };
  };

  return {
    first: (rows, version, sizes) => page(rows, 'queryBatch', 0, undefined, version, sizes),
    next: (locator, version, sizes) => {
      const [name = '', from = ''] = locator.split('-');
      const answer = answers.get(name);
      if (answer === undefined || !/^\d+$/.test(from)) {
        return refuse(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      }
      return page(answer.rows, answer.size, Number(from), name, version, sizes);
    },
  };
}
