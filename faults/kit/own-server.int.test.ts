import { afterEach, describe, expect, test } from 'vitest';
import { shimNotHere } from './fault-shim.ts';
import { type OwnServer, openOwnServer } from './own-server.ts';
import { diskNotHere } from './small-disk.ts';

let own: OwnServer | undefined;
afterEach(() => own?.close());

const rows = async (): Promise<number | undefined> =>
  (await own?.server.ask<{ count: number }>('select count(*)::int as count from noted'))?.[0]?.count;

describe.skipIf(diskNotHere() !== undefined)('a PostgreSQL on a disk whose power is cut', () => {
  /** A row that was acknowledged, and then at once the power cut. */
  async function writeAndCut(settings: Readonly<Record<string, string>>): Promise<void> {
    own = await openOwnServer({ diskMb: 320, settings });
    const { server, disk } = own;
    await server.ask('create table noted (n int)');
    await disk?.flush();
    await server.ask('insert into noted values (1)');
    await own.cutPower();
  }

  test('has what it acknowledged', async () => {
    await writeAndCut({});
    expect(await rows()).toBe(1);
  }, 60_000);

  test('has lost what it acknowledged without flushing it: the cut is a real one', async () => {
    await writeAndCut({ fsync: 'off' });
    expect(await rows()).toBe(0);
  }, 60_000);

  test('that is full answers no write, and takes them again when there is room', async () => {
    own = await openOwnServer({ diskMb: 320, settings: { min_wal_size: '32MB', max_wal_size: '64MB' } });
    const { server, disk } = own;
    await server.ask('create table noted (n int, text text)');
    const write = () => server.ask("insert into noted select 1, repeat('x', 1000) from generate_series(1, 20000)");
    await write();
    await disk?.fill();
    await expect(write()).rejects.toThrow();
    await disk?.free();
    await server.supervise();
    await expect
      .poll(
        () =>
          write().then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
  }, 60_000);
});

describe.skipIf(shimNotHere() !== undefined)('a PostgreSQL with the shim', () => {
  test('has another time of day, and fsyncs that are slow or fail', async () => {
    own = await openOwnServer({ isShimmed: true });
    const { server, shim } = own;
    const aheadMs = async (): Promise<number> => {
      const [row] = await server.ask<{ at: Date }>('select clock_timestamp() as at');
      return (row?.at.getTime() ?? 0) - Date.now();
    };
    await shim?.setClock(-7_200_500);
    expect(Math.abs((await aheadMs()) + 7_200_500)).toBeLessThan(1_000);
    await shim?.setClock(0);
    expect(Math.abs(await aheadMs())).toBeLessThan(1_000);

    await shim?.delayFsyncs(700);
    const from = performance.now();
    await server.ask('create table noted (n int)');
    expect(performance.now() - from).toBeGreaterThan(700);
    await shim?.delayFsyncs(0);

    await shim?.failFsyncs(1);
    await expect(server.ask('insert into noted values (1)')).rejects.toThrow();
    expect(await shim?.seen()).toMatchObject({ failed: 1 });
    await expect.poll(() => rows().catch(() => undefined), { timeout: 20_000 }).toBeTypeOf('number');
  }, 60_000);
});
