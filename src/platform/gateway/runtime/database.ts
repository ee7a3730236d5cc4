import type { QueryResult, QueryResultRow } from 'pg';

/** What the gateway needs of the database: the pool of `#platform/storage`, and no more of it. */
export interface GatewayDatabase {
  readonly pool: {
    query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
  };
}
