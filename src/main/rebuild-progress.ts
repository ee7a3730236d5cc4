import { rebuildProgress } from '#platform/progress';
import { openDatabase, runningEmbeddedPostgres } from '#platform/storage';
import { openState } from './state.ts';

const usage = `npm run progress -- rebuild
Has what lists, searches and counts read written anew from the journals, in slices beside the work, by whichever node is up (or comes up).
The database is DATABASE_URL, or the embedded one under .crossdock/.`;

async function databaseUrl(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const running = process.env.DATABASE_URL ?? (await runningEmbeddedPostgres('.crossdock/postgres'));
  if (running !== undefined) return { url: running, close: async () => undefined };
  const state = await openState({ databaseUrl: undefined, directory: '.crossdock' });
  return { url: state.database.url, close: state.close };
}

if (process.argv[2] === 'rebuild' && process.argv.length === 3) {
  const { url, close } = await databaseUrl();
  const database = openDatabase({ url, poolSize: 1, applicationName: 'crossdock-progress' });
  try {
    await rebuildProgress(database);
    process.stdout.write('the node that leads begins within a minute, and tells progress-made-anew when it is done\n');
  } finally {
    await database.close();
    await close();
  }
} else {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
}
