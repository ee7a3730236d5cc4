import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Crossdock as `npm run serve` starts it. */
export interface ServeProcess {
  readonly url: string;
  readonly node: string;
  readonly pid: number;
  /** Events of its log, by their names, so far. */
  events(): readonly string[];
  /** Sends the signal; resolves with how it ended. */
  end(signal: NodeJS.Signals): Promise<string>;
  /** Resolves with the signal that ended it, or its exit code. */
  readonly ended: Promise<string>;
}

export interface ServeStart {
  /** A temporary folder. */
  readonly directory: string;
  readonly databaseUrl: string;
  readonly configuration: object;
  /** Default 0. */
  readonly port?: number;
  /** More of the command line. */
  readonly words?: readonly string[];
}

const serve = fileURLToPath(new URL('../../../src/main/serve.ts', import.meta.url));
const startWithinMs = 60_000;

interface LogLine {
  readonly event?: string;
  readonly url?: string;
  readonly node?: string;
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}

/** Starts a node; throws with what it complained of when it does not come up. */
export async function startServe(start: ServeStart): Promise<ServeProcess> {
  const config = join(start.directory, 'installation.json');
  await writeFile(config, JSON.stringify(start.configuration));
  const words = ['--config', config, '--port', String(start.port ?? 0), ...(start.words ?? [])];
  const child: ChildProcess = spawn(process.execPath, [serve, ...words], {
    cwd: start.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: start.databaseUrl,
      LOG_LEVEL: 'info',
      NODE_COMPILE_CACHE: join(start.directory, 'compiled'),
    },
  });
  const ended = (once(child, 'exit') as Promise<[number | null, string | null]>).then(([code, signal]) =>
    String(signal ?? code),
  );
  const events: string[] = [];
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('utf8');
  });
  const up = new Promise<LogLine>((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = parse(line);
      if (said.event !== undefined) events.push(said.event);
      if (said.url !== undefined && said.node !== undefined) resolve(said);
    });
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`not up within ${startWithinMs} ms`)), startWithinMs).unref();
  });
  const gone = ended.then((how) => {
    throw new Error(`serve ended with ${how}: ${complaints}`);
  });
  gone.catch(() => undefined);
  const { url = '', node = '' } = await Promise.race([up, gone, late]);
  return {
    url,
    node,
    pid: child.pid ?? 0,
    events: () => events,
    ended,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
