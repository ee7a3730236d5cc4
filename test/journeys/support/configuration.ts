import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutsideSystem, OutsideSystems } from './systems.ts';

/** Short enough for a test, long enough for its faults: a simulator commits nothing late. */
const lateCommitMs = 100;
const booksCapabilities = ['catalogue', 'customers', 'prices', 'stock', 'sales-orders', 'goods-issues', 'invoices'];

type KeepSecret = (name: string, value: unknown) => Promise<{ readonly file: string }>;

async function erpSystem({ process: { url, details } }: OutsideSystem, secret: KeepSecret) {
  const password = await secret('erp', details.password);
  return {
    connector: 'tryton',
    settings: {
      url,
      database: details.database,
      username: 'integration',
      password,
      creditUsername: 'credit',
      creditPassword: password,
      sites: { NORTH: 'NORTH', SOUTH: 'SOUTH' },
      lateCommitSeconds: lateCommitMs / 1_000,
      concurrency: 8,
    },
  };
}

async function crmSystem({ process: { url, details } }: OutsideSystem, secret: KeepSecret) {
  const { clientId, clientSecret } = details.credentials as { clientId: string; clientSecret: string };
  return {
    connector: 'salesforce',
    settings: {
      loginUrl: url,
      signIn: { grant: 'client-credentials', clientId, clientSecret: await secret('crm', clientSecret) },
      wonSince: '2000-01-01T00:00:00.000Z',
      rhythmMs: 100,
      // The clock of the simulator and ours are one.
      overlapMs: 1_000,
    },
  };
}

async function warehouseSystem(site: string, { process: { details } }: OutsideSystem, secret: KeepSecret) {
  return {
    connector: 'x12-warehouse',
    settings: {
      host: details.host,
      port: details.port,
      username: details.username,
      password: await secret(site.toLowerCase(), details.password),
      hostKey: details.hostKey,
      site,
      us: { qualifier: 'ZZ', interchangeId: 'CROSSDOCK', groupId: 'CROSSDOCK' },
      them: { qualifier: 'ZZ', interchangeId: site, groupId: site },
      rhythmMs: 40,
      lateCommitMs,
    },
  };
}

/** The configuration of a Crossdock that works with these systems; its secrets are files in `directory`. */
export async function installationConfiguration(systems: OutsideSystems, directory: string): Promise<object> {
  const secret: KeepSecret = async (name, value) => {
    const file = join(directory, `${name}.secret`);
    await writeFile(file, String(value), { mode: 0o600 });
    return { file };
  };
  return {
    sites: ['NORTH', 'SOUTH'],
    systems: {
      'erp-main': await erpSystem(systems.erp, secret),
      'crm-main': await crmSystem(systems.crm, secret),
      'wms-north': await warehouseSystem('NORTH', systems.north, secret),
      'wms-south': await warehouseSystem('SOUTH', systems.south, secret),
    },
    routing: [
      ...booksCapabilities.map((capability) => ({ capability, instance: 'erp-main' })),
      { capability: 'opportunities', instance: 'crm-main' },
      { capability: 'fulfilment', instance: 'wms-north', when: { site: 'NORTH' } },
      { capability: 'fulfilment', instance: 'wms-south', when: { site: 'SOUTH' } },
    ],
  };
}
