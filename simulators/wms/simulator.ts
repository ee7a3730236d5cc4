import { decimal } from '#model/kernel';
import { type Action, createDials, createScripts, type Simulator, type SimulatorNeeds } from '../kit/index.ts';
import { warehouseDials } from './dials.ts';
import { createFolders, type Folders, folderNames } from './folders.ts';
import { hostKeyOf } from './host-key.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { Order } from './order-940.ts';
import { createShelves, type Shelves } from './picking.ts';
import { WarehouseScript } from './scripts.ts';
import { startSftpServer } from './sftp-server.ts';
import { createWarehouse } from './warehouse.ts';

const username = 'crossdock';
const password = 'crossdock-demo';

function textOf(input: unknown, name: string): string {
  const value = (input as Readonly<Record<string, unknown>> | null)?.[name];
  if (typeof value !== 'string' || value === '') throw new Error(`${name} must be a text that is not empty`);
  return value;
}

const isInOut = (path: string): boolean => /^out\/[^/]+$/.test(path);

/** Acts for tests and for people who look on. */
function actions(folders: Folders, shelves: Shelves, mailbox: Mailbox): Readonly<Record<string, Action>> {
  return {
    /** `{}`: every file with its size. */
    'list-files': async () =>
      folderNames.flatMap((folder) =>
        folders.names(folder).flatMap((name) => {
          const path = folder === '' ? name : `${folder}/${name}`;
          const file = folders.file(path);
          return file === undefined ? [] : [{ path, size: file.content.length }];
        }),
      ),
    /** `{ path }`. */
    'read-file': async (input) => {
      const path = textOf(input, 'path');
      const file = folders.file(path);
      if (file === undefined) throw new Error(`there is no file ${path}`);
      return { path, content: file.content.toString('utf8') };
    },
    /** `{ path, content }`: puts a file into `out` as it stands, half or whole. */
    'write-file': async (input) => {
      const path = textOf(input, 'path');
      if (!isInOut(path)) throw new Error('path must be out/<name>');
      folders.write(path, Buffer.from(textOf(input, 'content')));
    },
    /** `{ from, to }`: renames a file in `out`. */
    'rename-file': async (input) => {
      const [from, to] = [textOf(input, 'from'), textOf(input, 'to')];
      if (!isInOut(from) || !isInOut(to)) throw new Error('from and to must be out/<name>');
      return { outcome: folders.rename(from, to) };
    },
    /** `{ item, quantity }`. */
    'set-stock': async (input) => {
      shelves.set(textOf(input, 'item'), decimal(textOf(input, 'quantity')));
    },
    stock: async () => shelves.quantities(),
    /** `{}`: sends what went wrong for good again, as it should have been; `{ sent }`. */
    correct: async () => ({ sent: mailbox.correct() }),
  };
}

/** Starts a simulated warehouse: a real SFTP server, and the work behind it. */
export async function startWarehouse({ world, ledger, port, seed, site = '' }: SimulatorNeeds): Promise<Simulator> {
  const dials = createDials({ seed, extra: warehouseDials });
  const scripts = createScripts(WarehouseScript);
  const folders = createFolders();
  const shelves = createShelves(world.stock.filter((level) => level.site === site));
  const now = () => new Date();
  const mailbox = createMailbox({ folders, dials: dials.current, random: dials.random, now });

  const scriptsFor = (order: Order): readonly WarehouseScript[] => {
    const taken: WarehouseScript[] = [];
    const means = (script: WarehouseScript): boolean =>
      script.purchaseOrder === order.purchaseOrder &&
      !taken.includes(script) &&
      (script.behaviour !== 'short-pick' || order.lines.some(({ item }) => item === script.item));
    for (let next = scripts.take(means); next !== undefined; next = scripts.take(means)) taken.push(next);
    return taken;
  };
  const needs = { site, folders, shelves, ledger, mailbox, dials: dials.current, scriptsFor, now };
  const warehouse = createWarehouse(needs);
  folders.onRenamed((path) => {
    if (/^in\/[^/]+$/.test(path) && !path.endsWith('.tmp')) warehouse.received(path);
  });

  const hostKey = hostKeyOf(`warehouse ${site} ${seed}`);
  const { weather } = dials;
  const server = await startSftpServer({ folders, hostKey: hostKey.pem, username, password, weather, port });
  return {
    url: `sftp://127.0.0.1:${server.port}`,
    details: { site, host: '127.0.0.1', port: server.port, username, password, hostKey: hostKey.fingerprint },
    dials: {
      current: dials.current,
      turn: (changes) => {
        const turned = dials.turn(changes);
        if (turned.outage) server.dropConnections();
        return turned;
      },
    },
    scripts,
    actions: actions(folders, shelves, mailbox),
    stop: async () => {
      warehouse.stop();
      mailbox.stop();
      await server.stop();
      await warehouse.idle();
    },
  };
}
