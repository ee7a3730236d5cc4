import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the server runs as. Absent: as ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

async function userNamed(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL refuses to run as root, so root lends it another user: the owner of the data when there are some, else `postgres`
 * when the machine has it, else `nobody`. No user is created: that would change the machine for a demonstration.
 */
export async function serverUser(dataDirectory: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataDirectory).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = (await userNamed('postgres')) ?? (await userNamed('nobody'));
  if (user === undefined) {
    throw new Error(
      'PostgreSQL does not run as root and this machine has neither a user postgres nor nobody: ' +
        'start Crossdock as an ordinary user, or set DATABASE_URL',
    );
  }
  return user;
}
