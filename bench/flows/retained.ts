import pg from 'pg';

/** What the engine's tables hold for ever, in rows and in bytes. */
export interface Retained {
  readonly bytes: number;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Effects, timers and the inbox are empty when all is done, so what was written there is no part of what stays. */
const kept = ['run', 'run_input', 'journal', 'receipt', 'fact', 'claim'];

/** A row's header and its line pointer. */
const overhead = 24 + 4;

/**
 * Measures what stays: each row's values as they are stored, with header and pointer, without indexes and free space. What the
 * bench loaded beforehand is left out by its flow's name.
 */
export async function readRetained(databaseUrl: string): Promise<Retained> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=crossdock' });
  await client.connect();
  try {
    const rows: Record<string, number> = {};
    let bytes = 0;
    for (const table of kept) {
      const { rows: columns } = await client.query<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
        [table],
      );
      const size = columns.map(({ name }) => `coalesce(pg_column_size(${name}), 0)`).join(' + ');
      const { rows: sums } = await client.query<{ count: number; bytes: number }>(
        `select count(*)::float8 as count, coalesce(sum(${size} + ${overhead}), 0)::float8 as bytes from ${table}`,
      );
      rows[table] = sums[0]?.count ?? 0;
      bytes += sums[0]?.bytes ?? 0;
    }
    return { bytes, rows };
  } finally {
    await client.end();
  }
}
