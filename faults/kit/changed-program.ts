import { fileURLToPath } from 'node:url';
import type { PlatformStart } from '../../test/index.ts';
import type { Mutation } from '../seeded-bugs/bugs.ts';

/** A change of a line of source, which must stand there exactly once. */
export type SourceChange = Mutation;

type Program = Pick<PlatformStart, 'execArgv' | 'env'>;

const preload = fileURLToPath(new URL('../seeded-bugs/preload.ts', import.meta.url));

/** The same program with lines of its source changed while it is loaded: how the next release comes to be while this one runs. */
export const changedProgram = ({ execArgv = [], env = {} }: Program, changes: readonly SourceChange[]): Program => ({
  execArgv: execArgv.includes(preload) ? execArgv : [...execArgv, '--import', preload],
  env: {
    ...env,
    CROSSDOCK_SEEDED_BUG: JSON.stringify([...JSON.parse(env.CROSSDOCK_SEEDED_BUG ?? '[]'), ...changes]),
  },
});
