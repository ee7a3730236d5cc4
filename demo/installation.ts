import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartedSimulator } from '../simulators/kit/index.ts';
import type { DemoSystems } from './run/systems.ts';

const erpCapabilities = ['catalogue', 'customers', 'prices', 'stock', 'sales-orders', 'goods-issues', 'invoices'];

/** A quick day wants quick looks; a real installation looks every second or so. */
const rhythmMs = 200;

const party = (name: string) => ({ qualifier: 'ZZ', interchangeId: name, groupId: name });

/**
 * The configuration of the demo's installation: what a real one would write into its file. Secrets are put into files of
 * `directory` that only this user can read.
 */
export async function demoInstallation(systems: DemoSystems, directory: string): Promise<object> {
  const secretFile = async (name: string, value: unknown): Promise<{ readonly file: string }> => {
    const file = join(directory, `${name}.secret`);
    await writeFile(file, String(value), { mode: 0o600 });
    return { file };
  };
  const warehouse = async (name: string, { details }: StartedSimulator) => ({
    connector: 'x12-warehouse',
    settings: {
      host: details.host,
      port: details.port,
      username: details.username,
      password: await secretFile(name, details.password),
      hostKey: details.hostKey,
      site: details.site,
      us: party('CROSSDOCK'),
      them: party(String(details.site)),
      rhythmMs,
    },
  });
  const { clientId, clientSecret } = systems.crm.details.credentials as { clientId: string; clientSecret: string };
  const erp = systems.erp.access;
  const erpPassword = await secretFile('erp', erp.password);
  return {
    sites: ['NORTH', 'SOUTH'],
    systems: {
      'erp-main': {
        connector: 'tryton',
        settings: {
          url: erp.url,
          database: erp.database,
          username: 'integration',
          password: erpPassword,
          creditUsername: 'credit',
          creditPassword: erpPassword,
          sites: { NORTH: 'NORTH', SOUTH: 'SOUTH' },
          concurrency: erp.concurrency,
          lateCommitSeconds: erp.lateCommitSeconds,
        },
      },
      'crm-main': {
        connector: 'salesforce',
        settings: {
          loginUrl: systems.crm.url,
          signIn: { grant: 'client-credentials', clientId, clientSecret: await secretFile('crm', clientSecret) },
          wonSince: '2000-01-01T00:00:00.000Z',
          rhythmMs,
        },
      },
      'wms-north': await warehouse('wms-north', systems.north),
      'wms-south': await warehouse('wms-south', systems.south),
    },
    routing: [
      ...erpCapabilities.map((capability) => ({ capability, instance: 'erp-main' })),
      { capability: 'opportunities', instance: 'crm-main' },
      { capability: 'fulfilment', instance: 'wms-north', when: { site: 'NORTH' } },
      { capability: 'fulfilment', instance: 'wms-south', when: { site: 'SOUTH' } },
    ],
  };
}
