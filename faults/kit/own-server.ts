import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseServer, startDatabaseServer } from './database-server.ts';
import { compileFaultShim, createFaultShim, type FaultShim } from './fault-shim.ts';
import { createSmallDisk, type SmallDisk } from './small-disk.ts';

/** What a scenario wants of a PostgreSQL of its own. */
export interface OwnServerSetting {
  /** Its data lie on a disk of so many megabytes. */
  readonly diskMb?: number;
  /** Its clock and its fsyncs can be turned. */
  readonly isShimmed?: true;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The PostgreSQL of one scenario. */
export interface OwnServer {
  readonly server: DatabaseServer;
  readonly disk?: SmallDisk;
  readonly shim?: FaultShim;
  /** The server and its disk lose their power, and have it again; throws without a disk. */
  cutPower(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it; when something does not, the rest is taken away. */
export async function openOwnServer({ diskMb, isShimmed, settings = {} }: OwnServerSetting): Promise<OwnServer> {
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-faults-server-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end().catch(() => undefined);
  };
  try {
    // The server's own user must be able to pass through.
    await chmod(directory, 0o711);
    const shim =
      isShimmed === undefined
        ? undefined
        : await createFaultShim(await compileFaultShim(directory), join(directory, 'server.shim'));
    const disk = diskMb === undefined ? undefined : await createSmallDisk(directory, diskMb);
    if (disk !== undefined) ends.push(disk.remove);
    const place = join(disk?.directory ?? directory, 'postgres');
    await mkdir(place, { mode: 0o711 });
    const server = await startDatabaseServer(place, { settings, env: shim?.env ?? {} });
    ends.push(server.stop);
    await disk?.flush();
    const cutPower = (): Promise<void> =>
      server.offline(async () => {
        if (disk === undefined) throw new Error('only a disk of its own can lose its power');
        await disk.cutPower();
        // What comes back is whole.
        await shim?.delayFsyncs(0);
        await shim?.failFsyncs(0);
        // Whoever had the server is gone with it; this process, which lives on, is not to find its own name there.
        await rm(join(place, 'owner.json'), { force: true });
      }, 'kill');
    return {
      server,
      close,
      cutPower,
      ...(disk === undefined ? {} : { disk }),
      ...(shim === undefined ? {} : { shim }),
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
