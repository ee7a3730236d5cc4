import type { Contender, ContenderOptions } from './contender.ts';
import { createCrossdock } from './contenders/crossdock.ts';
import { createHandWritten } from './contenders/hand-written.ts';
import { createUndurable } from './contenders/undurable.ts';
import { type Drive, type Driven, drive } from './drive.ts';
import { createDbos } from './peers/dbos.ts';
import { createGraphileWorker } from './peers/graphile-worker.ts';
import { createMedusa } from './peers/medusa.ts';
import { createPgBoss } from './peers/pg-boss.ts';
import { createRestate } from './peers/restate.ts';
import { createCalls } from './work/calls.ts';

/** What the bench tells a contender's process. */
export type Asked = { readonly ask: 'drive'; readonly drive: Drive } | { readonly ask: 'close' };

/** What it tells the bench. */
export type Told =
  | { readonly told: 'ready' | 'opened' | 'drained' }
  | { readonly told: 'closed'; readonly driven: Driven }
  | { readonly told: 'broken'; readonly because: string };

async function create(options: ContenderOptions): Promise<Contender> {
  const { kind, origin, databaseUrl, pool = 10, peers = '' } = options;
  const calls = createCalls(origin);
  if (kind === 'undurable') return createUndurable(calls);
  if (kind === 'restate') return createRestate(peers, calls);
  if (databaseUrl === undefined) throw new Error(`${kind} needs a database`);
  if (kind === 'crossdock') return createCrossdock(databaseUrl, calls, options);
  if (kind === 'hand-written') return createHandWritten(databaseUrl, pool, calls);
  if (kind === 'dbos') return createDbos(peers, databaseUrl, pool, calls);
  if (kind === 'pg-boss') return createPgBoss(peers, databaseUrl, pool, calls);
  if (kind === 'medusa') return createMedusa(peers, databaseUrl, pool, calls);
  return createGraphileWorker(peers, databaseUrl, pool, calls);
}

const tell = (told: Told): void => {
  process.send?.(told);
};

const options = JSON.parse(process.argv[2] ?? '{}') as ContenderOptions;
const contender = await create(options);
let count = options.firstNumber ?? 100_000_000;
const nextNumber = (): string => {
  count += 1;
  return String(count);
};

process.on('message', (asked: Asked) => {
  const work =
    asked.ask === 'close'
      ? contender.close().then(() => process.exit(0))
      : drive(contender, asked.drive, nextNumber, {
          opened: () => tell({ told: 'opened' }),
          closed: (driven) => tell({ told: 'closed', driven }),
        }).then(() => tell({ told: 'drained' }));
  work.catch((thrown: unknown) => {
    tell({ told: 'broken', because: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  });
});
process.on('disconnect', () => process.exit(0));
tell({ told: 'ready' });
