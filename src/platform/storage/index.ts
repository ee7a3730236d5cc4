export { type Database, type DatabaseOptions, openDatabase } from './database.ts';
export { databaseFault } from './database-fault.ts';
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
export { runningEmbeddedPostgres } from './embedded/running-server.ts';
export { type SharedPostgres, shareEmbeddedPostgres } from './embedded/shared-postgres.ts';
export { createLeadership, type Leadership, type Led } from './leadership/leadership.ts';
export { migrate } from './migrate.ts';
export { type NoticeLine, type NoticeLineNeeds, openNoticeLine } from './notice-line.ts';
export { inTransaction, type TransactionOptions } from './transaction.ts';
