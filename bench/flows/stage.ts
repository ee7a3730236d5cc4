import { migrate } from '#platform/storage';
import { type BenchServer, startBenchServer } from '../kit/bench-server.ts';
import type { ContenderOptions } from './contender.ts';
import { type ContenderClient, startContender } from './contender-client.ts';
import { startStub } from './stub-client.ts';

/** A database server and an outside system, and the contenders that meet on them. */
export interface Stage {
  readonly server: BenchServer;
  /** Starts a contender; a durable one with a database of its own. */
  enter(
    entrant: Omit<ContenderOptions, 'origin' | 'databaseUrl'> & { readonly databaseUrl?: string },
    nodeFlags?: readonly string[],
  ): Promise<ContenderClient>;
  /** A migrated database for engines. */
  engineDatabase(): Promise<string>;
  /** Address of a contender's database. */
  databaseOf(contender: ContenderClient): string;
  stop(): Promise<void>;
}

export interface StageOptions {
  /** Where the database lies; default the system's temporary folder. */
  readonly directory?: string | undefined;
  /** How much slower each fsync is, ms. */
  readonly fsyncMs?: number;
  /** After how long the outside system answers, ms; default at once. */
  readonly answerMs?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Undefined when fsyncs cannot be slowed down on this machine. */
export async function setStage({
  directory,
  fsyncMs = 0,
  answerMs = 0,
  settings = {},
}: StageOptions): Promise<Stage | undefined> {
  const server = await startBenchServer({
    ...(directory === undefined ? {} : { parent: directory }),
    fsyncMs,
    settings,
  });
  if (server === undefined) return undefined;
  const stub = await startStub(answerMs);
  const entered: ContenderClient[] = [];
  const databases = new Map<ContenderClient, string>();
  let made = 0;
  const emptyDatabase = (): Promise<string> => {
    made += 1;
    return server.createDatabase(`bench_${made}`);
  };
  const engineDatabase = async (): Promise<string> => {
    const url = await emptyDatabase();
    await migrate(url);
    return url;
  };
  return {
    server,
    engineDatabase,
    enter: async ({ databaseUrl: given, ...entrant }, nodeFlags) => {
      const { origin } = stub;
      const { kind } = entrant;
      const isWithout = kind === 'undurable' || kind === 'restate';
      let databaseUrl = given;
      if (kind === 'crossdock') databaseUrl ??= await engineDatabase();
      else if (!isWithout) databaseUrl ??= await emptyDatabase();
      const contender = await startContender(
        { ...entrant, origin, ...(databaseUrl === undefined ? {} : { databaseUrl }) },
        nodeFlags,
      );
      entered.push(contender);
      if (databaseUrl !== undefined) databases.set(contender, databaseUrl);
      return contender;
    },
    databaseOf: (contender) => {
      const url = databases.get(contender);
      if (url === undefined) throw new Error(`${contender.name} has no database`);
      return url;
    },
    stop: async () => {
      for (const contender of entered) await contender.close();
      stub.stop();
      await server.stop();
    },
  };
}
