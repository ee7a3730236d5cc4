/** Memory and checkpoints for a small machine under load; nothing that makes a commit less durable. */
export const serverSettings = {
  // Several nodes of some 25 connections each, and room for a person.
  max_connections: '200',
  shared_buffers: '256MB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  wal_buffers: '16MB',
  max_wal_senders: '0',
  wal_level: 'minimal',
  // Queue-like tables must be vacuumed soon and often, or their indexes fill with dead entries.
  autovacuum_naptime: '10s',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_vacuum_cost_limit: '1000',
  // A plan must never wait for a compiler.
  jit: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
} as const satisfies Readonly<Record<string, string>>;
