import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Stage } from './scenario.ts';

const run = promisify(execFile);

/** A copy of the whole server's data as it was. */
export interface DatabaseCopy {
  /** Puts it in place of what is there: what was written since is lost. */
  putBack(): Promise<void>;
}

/** Copies the data folder while the server is down for it. */
export async function copyDatabase(stage: Stage): Promise<DatabaseCopy> {
  const place = (data: string): string => `${data}-copy`;
  await stage.offline(async (data) => {
    await run('rm', ['-rf', place(data)]);
    // With owners, rights and times: the server refuses a folder of somebody else.
    await run('cp', ['-a', data, place(data)]);
  });
  return {
    putBack: () =>
      stage.offline(async (data) => {
        await run('rm', ['-rf', data]);
        await run('mv', [place(data), data]);
      }),
  };
}
