import { installationConfiguration } from '../../test/index.ts';
import type { FaultySystems } from './outside.ts';
import type { Setting } from './scenario.ts';

interface Written {
  readonly systems: Readonly<Record<string, { readonly connector: string; readonly settings: object }>>;
}

/** One process of Python: more calls at once only compete for it, and meet each other's locks. */
const trytonSettings = { concurrency: 2, lateCommitSeconds: 5 };

/** The usual configuration, behind the proxies, with what the scenario sets differently. */
export async function faultyConfiguration(
  systems: FaultySystems,
  directory: string,
  {
    setting,
    isTryton,
    alerts,
  }: { readonly setting: Setting; readonly isTryton: boolean; readonly alerts?: object | undefined },
): Promise<object> {
  const { erp, crm, north, south } = systems;
  const seen = { erp: erp.seen, crm: crm.seen, north: north.seen, south: south.seen, stop: async () => {} };
  const usual = (await installationConfiguration(seen, directory)) as Written;
  const changes: Readonly<Record<string, object | undefined>> = {
    'erp-main': isTryton ? trytonSettings : setting.erp,
    'crm-main': setting.crm,
    'wms-north': setting.warehouses,
    'wms-south': setting.warehouses,
  };
  const changed = Object.entries(usual.systems).map(([name, system]) => [
    name,
    { ...system, settings: { ...system.settings, ...changes[name] } },
  ]);
  const { messages, configuration } = setting;
  return {
    ...usual,
    systems: Object.fromEntries(changed),
    ...(messages === undefined ? {} : { messages }),
    ...(alerts === undefined ? {} : { alerts }),
    ...configuration,
  };
}
