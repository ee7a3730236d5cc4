import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Feed, type InboundMessage, readSettings, type UnreadableMessage } from '#connectivity/kit';
import type { FulfilmentOrder } from '#model/canonical';
import type { FulfilmentVerbs } from '#model/capabilities';
import { type Call, type Clock, decimal, type Json, systemClock } from '#model/kernel';
import { openLedger, readLedger, type Simulator, smallWorld } from '../../../../simulators/kit/index.ts';
import { startWarehouse } from '../../../../simulators/wms/index.ts';
import { x12Warehouse } from './connector.ts';
import type { WarehouseSettings } from './settings.ts';

/** Settings as a configuration holds them. */
export const rawSettings = {
  host: '127.0.0.1',
  port: 2222,
  username: 'crossdock',
  password: { env: 'WMS_PASSWORD' },
  hostKey: `SHA256:${'A'.repeat(43)}`,
  site: 'NORTH',
  us: { interchangeId: 'CROSSDOCK', groupId: 'CROSSDOCK' },
  them: { interchangeId: 'NORTHWMS', groupId: 'NORTHWMS' },
  rhythmMs: 20,
};

/** Settings with defaults and the password in place. */
export function settingsFor(changes: object = {}, password = 'secret'): WarehouseSettings {
  const read = readSettings(x12Warehouse.settings, { ...rawSettings, ...changes }, () => password);
  if (!read.ok) throw new Error(JSON.stringify(read.failures));
  return read.value as WarehouseSettings;
}

/** A fulfilment order for the small world's NORTH warehouse, which has 100 of the item. */
export const orderFor = (fulfilmentNumber: string, changes: Partial<FulfilmentOrder> = {}): FulfilmentOrder => ({
  fulfilmentNumber,
  orderNumber: fulfilmentNumber.slice(0, 6),
  customerPurchaseOrder: `PO-${fulfilmentNumber.slice(0, 6)}`,
  site: 'NORTH',
  shipTo: { name: 'Alice * Smith', street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' },
  lines: [
    { lineNumber: 1, item: '85123A', description: 'Heart ~ white', quantity: decimal('6'), unit: 'EA' },
    { lineNumber: 3, item: '85123A', quantity: decimal('4'), unit: 'EA' },
  ],
  ...changes,
});

export const callOf = (key: string, attempt = 1): Call => ({ key, attempt, signal: AbortSignal.timeout(20_000) });

/** Polls until the condition gives something; fails after 10 seconds saying what was awaited. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Runs a feed as the runtime does: read, keep, store the cursor, tell the source. */
export function follow(feed: Feed, from?: Json) {
  const messages: InboundMessage[] = [];
  const unreadable: UnreadableMessage[] = [];
  let cursor = from;
  const once = async (commit = true) => {
    const reading = await feed.read(cursor, AbortSignal.timeout(20_000));
    messages.push(...reading.messages);
    unreadable.push(...reading.unreadable);
    cursor = JSON.parse(JSON.stringify(reading.cursor)) as Json;
    if (commit) await feed.committed?.(reading, AbortSignal.timeout(20_000));
    return reading;
  };
  const all = async (count: number) =>
    until(`${count} messages`, async () => {
      await once();
      return messages.length >= count ? messages : undefined;
    });
  return { messages, unreadable, once, all };
}

/** A simulated warehouse in this process, and a connection to it. */
export async function openWarehouse(changes: object = {}, clock: Clock = systemClock, port = 0) {
  const ledgerFile = join(mkdtempSync(join(tmpdir(), 'wms-')), 'ledger.jsonl');
  const ledger = openLedger(ledgerFile, 'wms-NORTH');
  const simulator: Simulator = await startWarehouse({ world: smallWorld, ledger, port, seed: 1, site: 'NORTH' });
  const { port: listening, hostKey, password } = simulator.details as Readonly<Record<string, string>>;
  const settings = settingsFor({ port: Number(listening), hostKey, ...changes }, password);
  const connections = [x12Warehouse.connect(settings, { instance: 'wms-north', clock, log: () => undefined })];
  const [connection] = connections;
  const [feed] = connection?.feeds ?? [];
  if (connection === undefined || feed === undefined) throw new Error('no feed');
  /** The feed of a process that has just begun. */
  const feedAnew = (): Feed => {
    const another = x12Warehouse.connect(settings, { instance: 'wms-north', clock, log: () => undefined });
    connections.push(another);
    return another.feeds[0] ?? feed;
  };
  const act = (name: string, input: object = {}) => simulator.actions[name]?.(input) ?? Promise.reject(new Error(name));
  const entries = (kind: string) => readLedger(ledgerFile).filter((entry) => entry.kind === kind);
  const files = async (folder: string) =>
    ((await act('list-files')) as { path: string }[])
      .map(({ path }) => path)
      .filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'));
  return {
    ...{ simulator, settings, connection, feed, feedAnew, act, entries, files },
    verbs: connection.capabilities.fulfilment as FulfilmentVerbs,
    /** Waits until the warehouse has taken everything from `in`. */
    taken: () => until('an empty in folder', async () => ((await files('in')).length === 0 ? true : undefined)),
    close: async () => {
      await Promise.all(connections.map((each) => each.close()));
      await simulator.stop();
      await ledger.close();
    },
  };
}
