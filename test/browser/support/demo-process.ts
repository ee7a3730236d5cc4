import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where everything of the running demo is; what `--addresses` writes. */
export interface DemoAddresses {
  readonly url: string;
  readonly apiKey: string;
  /** The link that signs each person in, once. */
  readonly people: Readonly<Record<string, string>>;
  /** Where each simulator's dials are turned. */
  readonly controls: Readonly<Record<string, string>>;
}

/** The demo as `npm start` runs it, in a process of its own. */
export interface DemoProcess {
  readonly addresses: DemoAddresses;
  /** Resolves when its day is over and it stays up; throws with what it said when the day did not go well. */
  readonly dayOver: Promise<void>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await once(child, 'exit');
  clearTimeout(timer);
}

/** Starts the demo at a free port with a day of so many orders; resolves when people can sign in. */
export async function startDemo(orders: number): Promise<DemoProcess> {
  await access(join(root, 'console/dist/index.html')).catch(() => {
    throw new Error('the console is not built: run `npm run console:build` before');
  });
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-browser-'));
  const file = join(folder, 'addresses.json');
  const words = ['--port', '0', '--orders', String(orders), '--addresses', file];
  // The carried Node runs TypeScript; it is the one that runs this test.
  const child = spawn(process.execPath, [join(root, 'demo/start.ts'), ...words], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const up = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  // Whoever does not wait for the day is not troubled by its end.
  over.promise.catch(() => undefined);
  const heard = (chunk: Buffer): void => {
    said += chunk.toString('utf8');
    if (said.includes('sign in, each link once')) up.resolve();
    if (said.includes('The platform stays up')) over.resolve();
  };
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  child.once('exit', (code) => {
    const ended = new Error(`the demo ended with ${code}:\n${said.slice(-4_000)}`);
    up.reject(ended);
    over.reject(ended);
  });
  const stop = async (): Promise<void> => {
    await killed(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await up.promise;
    const addresses = JSON.parse(await readFile(file, 'utf8')) as DemoAddresses;
    return { addresses, dayOver: over.promise, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}
