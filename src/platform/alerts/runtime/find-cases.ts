import { compare, decimal } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Finding, OpenCases, OverdueCases } from '../condition.ts';
import { casesOverdue, casesTogether } from './sql/findings.ts';

interface Row {
  readonly subject: string;
  readonly currency: string | null;
  readonly count: number;
  readonly worth: string | null;
  readonly since: string;
  readonly summary: string;
  readonly examples: readonly string[];
}

type Found = Required<Pick<Finding, 'subject' | 'count' | 'worth' | 'examples' | 'since'>> & {
  readonly summary: string;
};

const mostExamples = 5;

/** Rows of one subject, one for each currency, as one. */
function together(rows: readonly Row[]): readonly Found[] {
  const found = new Map<string, Found>();
  for (const { subject, currency, count, worth, since, summary, examples } of rows) {
    const before = found.get(subject);
    const sum = worth === null || currency === null ? [] : [{ amount: worth, currency }];
    found.set(subject, {
      subject,
      count: (before?.count ?? 0) + count,
      worth: [...(before?.worth ?? []), ...sum],
      since: before !== undefined && before.since < since ? before.since : since,
      summary: before?.summary ?? summary,
      examples: [...(before?.examples ?? []), ...examples].slice(0, mostExamples),
    });
  }
  return [...found.values()];
}

const cases = (count: number): string => (count === 1 ? '1 case' : `${count} cases`);

function isWorthIt({ worth }: Found, atLeast: OpenCases['worthAtLeast']): boolean {
  if (atLeast === undefined) return true;
  const sum = worth.find(({ currency }) => currency === atLeast.currency);
  return sum !== undefined && compare(decimal(sum.amount), decimal(atLeast.amount)) >= 0;
}

/** Open cases that are many enough, or worth enough, to be told. */
export async function findOpenCases(database: Database, condition: OpenCases): Promise<readonly Finding[]> {
  const {
    by = 'cause',
    cause = null,
    flow = null,
    party = null,
    severity = null,
    atLeast = 1,
    worthAtLeast,
  } = condition;
  const { rows } = await database.pool.query<Row>(casesTogether, [by, cause, flow, party, severity]);
  return together(rows)
    .filter((found) => found.count >= atLeast && isWorthIt(found, worthAtLeast))
    .map(({ summary, ...found }) => {
      const what = by === 'group' ? summary : by === 'party' ? `for ${found.subject}` : found.subject;
      return { ...found, headline: `${cases(found.count)} open: ${what}` };
    });
}

/** Open cases whose deadline has passed, by cause. */
export async function findOverdueCases(
  database: Database,
  condition: OverdueCases,
  at: string,
): Promise<readonly Finding[]> {
  const { cause, level = 0, atLeast = 1 } = condition;
  const { rows } = await database.pool.query<Row>(casesOverdue, [at, cause ?? null, level]);
  return together(rows)
    .filter(({ count }) => count >= atLeast)
    .map(({ summary: _, ...found }) => ({ ...found, headline: `${cases(found.count)} overdue: ${found.subject}` }));
}
