import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './bugs.ts';

// `--import` of a node of the fault harness, and of nothing else: changes lines of source as they are loaded. What is to be changed
// stands in the environment; a line that is not there exactly once ends the process with the reason.

const project = new URL('../../', import.meta.url);
const mutations = JSON.parse(process.env.CROSSDOCK_SEEDED_BUG ?? '[]') as readonly Mutation[];
const count = Symbol.for('crossdock.mutations');
Reflect.set(globalThis, count, 0);

for (const { file, find } of mutations) {
  const times = readFileSync(fileURLToPath(new URL(file, project)), 'utf8').split(find).length - 1;
  if (times !== 1) throw new Error(`the seeded bug no longer fits: "${find}" stands ${times} times in ${file}`);
}

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    const wanted = mutations.filter(({ file }) => url === new URL(file, project).href);
    if (wanted.length === 0 || loaded.source === undefined || loaded.source === null) return loaded;
    let source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    for (const { find, replace } of wanted) source = source.replace(find, () => replace);
    Reflect.set(globalThis, count, Number(Reflect.get(globalThis, count)) + wanted.length);
    return { ...loaded, source };
  },
});
