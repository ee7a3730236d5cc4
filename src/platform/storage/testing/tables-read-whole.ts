import type pg from 'pg';

/** A node of a query plan, with its inputs. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

const nodes = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];

/**
 * The tables that a statement's generic plan reads from end to end. The plan is the one that a prepared statement gets: parameters
 * are not looked at.
 */
export async function tablesReadWhole(pool: pg.Pool, statement: string): Promise<readonly string[]> {
  const parameters = new Set(statement.match(/\$\d+/g) ?? []).size;
  const client = await pool.connect();
  try {
    await client.query(`prepare looked_at as ${statement}`);
    const nothing = parameters === 0 ? '' : `(${Array.from({ length: parameters }, () => 'null').join(', ')})`;
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `explain (format json) execute looked_at ${nothing}`,
    );
    const plans = rows[0]?.['QUERY PLAN'] ?? [];
    return plans
      .flatMap(({ Plan }) => nodes(Plan))
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '');
  } finally {
    await client.query('deallocate all');
    client.release();
  }
}
