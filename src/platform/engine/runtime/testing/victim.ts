/** A node in a process of its own, for tests that kill it: `victim.ts <database> <target> <class> <key> [<point> <time>]`. */
import { Fault, type Inquiry } from '#model/kernel';
import { openDatabase } from '#platform/storage';
import type { VerbClass } from '../engine.ts';
import { ended, startEngine } from './engine-under-test.ts';
import { errandFlow } from './errand.ts';
import type { TargetVerbs } from './fake-target.ts';

const [databaseUrl = '', targetUrl = '', verbClass = '', key = '', point, time] = process.argv.slice(2);

async function ask(path: string, body: object): Promise<unknown> {
  const response = await fetch(`${targetUrl}/${path}`, { method: 'POST', body: JSON.stringify(body) }).catch(
    (cause: unknown) => {
      throw new Fault('ambiguous', { code: 'lost', message: 'the connection was lost' }, cause);
    },
  );
  return response.json();
}

const verbs: TargetVerbs = {
  act: async ({ what }, call) => (await ask('act', { what, key: call.key })) as { reference: string },
  find: async (_, call) => (await ask('find', { key: call.key })) as Inquiry<{ reference: string }>,
  revert: async () => undefined,
  discard: async () => undefined,
};

let seen = 0;
const database = openDatabase({ url: databaseUrl });
const engine = await startEngine({
  database,
  flows: [errandFlow()],
  provider: {
    instance: 'target',
    verbs,
    lane: { concurrency: 4 },
    verb: () => ({ class: verbClass as VerbClass }),
  },
  options: {
    crashAt: (at) => {
      if (at !== point) return;
      seen += 1;
      if (seen === Number(time)) process.kill(process.pid, 'SIGKILL');
    },
  },
});
await engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
const run = await ended(engine, 'errand', key);
process.stdout.write(`${JSON.stringify({ ending: run.ending, chain: await engine.verify('errand', key) })}\n`);
await engine.stop();
await database.close();
