import type { Contender, ContenderOptions } from './contender.ts';
import { createCrossdock } from './contenders/crossdock.ts';
import { createHandWritten } from './contenders/hand-written.ts';
import { createUndurable } from './contenders/undurable.ts';
import { type Drive, type Driven, drive } from './drive.ts';
import { createCalls } from './work/calls.ts';

/** What the bench tells a contender's process. */
export type Asked = { readonly ask: 'drive'; readonly drive: Drive } | { readonly ask: 'close' };

/** What it tells the bench. */
export type Told =
  | { readonly told: 'ready' | 'opened' | 'drained' }
  | { readonly told: 'closed'; readonly driven: Driven }
  | { readonly told: 'broken'; readonly because: string };

async function create({ kind, origin, databaseUrl, pool }: ContenderOptions): Promise<Contender> {
  const calls = createCalls(origin);
  if (kind === 'undurable') return createUndurable(calls);
  if (databaseUrl === undefined) throw new Error(`${kind} needs a database`);
  return kind === 'crossdock' ? createCrossdock(databaseUrl, calls) : createHandWritten(databaseUrl, pool ?? 10, calls);
}

const tell = (told: Told): void => {
  process.send?.(told);
};

const contender = await create(JSON.parse(process.argv[2] ?? '{}') as ContenderOptions);
let count = 0;
const nextNumber = (): string => {
  count += 1;
  return String(100_000_000 + count);
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
