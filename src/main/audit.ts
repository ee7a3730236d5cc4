import { parseArgs } from 'node:util';
import { type AuditFinding, verifyAudit } from '#platform/engine/runtime';
import { openDatabase, runningEmbeddedPostgres } from '#platform/storage';
import { openState } from './state.ts';

const usage = `npm run audit -- verify [--flow NAME] [--key KEY]
Walks every run's journal (or those of a flow or a key) and the anchors, and names the first entry that is not as it was written.
The database is DATABASE_URL, or the embedded one under .crossdock/ (whether Crossdock is running or not).`;

const runOf = (finding: { readonly flow: string; readonly key: string }): string => `${finding.flow} ${finding.key}`;

function sentence(finding: AuditFinding): string {
  switch (finding.what) {
    case 'changed':
      return `${runOf(finding)}: entry ${finding.firstBadVersion} is the first that is not as it was written`;
    case 'end-missing':
      return `${runOf(finding)}: entries are missing from ${finding.firstBadVersion} on`;
    case 'rewritten':
      return `${runOf(finding)}: its chain was computed anew; the first bad entry is after ${finding.lastGoodVersion} and not after ${finding.firstBadVersion} (anchor ${finding.anchor})`;
    case 'removed':
      return `${runOf(finding)}: entry ${finding.firstBadVersion} was there and is not (anchor ${finding.anchor})`;
    default:
      return `anchor ${finding.anchor} was changed, or one before it is missing`;
  }
}

async function databaseUrl(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const running = process.env.DATABASE_URL ?? (await runningEmbeddedPostgres('.crossdock/postgres'));
  if (running !== undefined) return { url: running, close: async () => undefined };
  const state = await openState({ databaseUrl: undefined, directory: '.crossdock' });
  return { url: state.database.url, close: state.close };
}

async function verify(flow: string | undefined, key: string | undefined): Promise<number> {
  const { url, close } = await databaseUrl();
  const database = openDatabase({ url, poolSize: 2, applicationName: 'crossdock-audit' });
  try {
    const query = { ...(flow === undefined ? {} : { flow }), ...(key === undefined ? {} : { key }) };
    const { runs, anchors, findings } = await verifyAudit(database, query);
    for (const finding of findings) process.stderr.write(`${sentence(finding)}\n`);
    process.stdout.write(`${runs} runs and ${anchors} anchors verified, ${findings.length} wrong\n`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    await database.close();
    await close();
  }
}

try {
  const { values, positionals } = parseArgs({
    options: { flow: { type: 'string' }, key: { type: 'string' } },
    allowPositionals: true,
  });
  if (positionals[0] !== 'verify') throw new TypeError('say what to do');
  process.exitCode = await verify(values.flow, values.key);
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  if (thrown instanceof TypeError) process.stderr.write(`\n${usage}\n`);
  process.exitCode = 2;
}
