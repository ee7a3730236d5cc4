import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfiguration, peopleOf, startPlatform } from '#main';
import { openDatabase } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import { startDemoSystems } from '../kit/demo-systems.ts';

/** The whole platform as it serves the console, and somebody who is signed in there. */
export interface ServedConsole {
  readonly url: string;
  readonly session: string;
  close(): Promise<void>;
}

async function sessionBy(url: string, path: string): Promise<string> {
  const answer = await fetch(`${url}/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token: path.split('#').at(-1) }),
  });
  const session = /crossdock_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  if (session === undefined) throw new Error(`nobody can sign in: ${answer.status} ${await answer.text()}`);
  return session;
}

/** Starts the platform on a database that is filled already, against the demo's systems. */
export async function serveConsole(databaseUrl: string): Promise<ServedConsole> {
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-console-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const each of closing.toReversed()) await each();
  };
  try {
    const systems = await startDemoSystems(directory);
    closing.push(() => systems.stop());
    const database = openDatabase({ url: databaseUrl, poolSize: 20, applicationName: 'bench-console' });
    closing.push(() => database.close());
    const file = 'the bench';
    const configuration = parseConfiguration(file, systems.configuration);
    const log = createLog({ level: 'fatal' });
    const platform = await startPlatform({ file, configuration, database, log }, { port: 0 });
    closing.push(() => platform.stop());
    const people = peopleOf(database);
    await people.add({ userName: 'susan', name: 'Susan', role: 'supervisor' }, 'cli:bench');
    const link = await people.link('susan', 'cli:bench', { kind: 'direct' });
    if ('refused' in link) throw new Error(link.because);
    return { url: platform.url, session: await sessionBy(platform.url, link.path), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
