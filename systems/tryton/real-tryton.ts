import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = fileURLToPath(new URL('tryton.sh', import.meta.url));
const project = fileURLToPath(new URL('../..', import.meta.url));

/** A Tryton that answers. Every user has the same password. */
export interface RealTryton {
  /** Scheme, host and port. */
  readonly url: string;
  readonly database: string;
  readonly password: string;
  /** Stops the server and its PostgreSQL; the data stays. */
  stop(): Promise<void>;
}

export interface RealTrytonOptions {
  /** Folder of its state. Default `.crossdock/tryton`, the one of `npm run system:tryton`. */
  readonly home?: string;
  /** The world it is seeded with. Default: the one it has. */
  readonly worldFile?: string;
  /** Back to the seed. Default: false, it is taken as it is. */
  readonly reset?: boolean;
}

/** Brings the real Tryton up if it is not, building it when this is the first time (minutes, as root also the packages). Throws with what the script said. */
export async function realTryton(options: RealTrytonOptions = {}): Promise<RealTryton> {
  const home = options.home ?? join(project, '.crossdock', 'tryton');
  const tryton = async (...words: readonly string[]) => {
    await run('bash', [script, ...words], { env: { ...process.env, TRYTON_HOME: home }, maxBuffer: 16 * 1024 * 1024 });
  };
  const world = options.worldFile === undefined ? [] : ['--world', options.worldFile];
  await tryton(options.reset === true ? 'reset' : 'up', ...world);
  const { url, database, passwordFile } = JSON.parse(await readFile(join(home, 'env.json'), 'utf8'));
  return { url, database, password: await readFile(passwordFile, 'utf8'), stop: () => tryton('stop') };
}
