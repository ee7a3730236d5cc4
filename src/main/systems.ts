import type { Connector } from '#connectivity/kit';
import { readSettings } from '#connectivity/kit';
import { systemClock } from '#model/kernel';
import type { Log } from '#platform/engine/runtime';
import type { ConnectedSystem } from './capabilities/providers.ts';
import { type ConfigurationFile, ConfigurationRefused } from './configuration.ts';
import { laneBudget } from './lane-settings.ts';
import { resolveSecret } from './secrets.ts';

/** Connects every system that the configuration names; throws `ConfigurationRefused` with everything that is wrong. */
export function connectSystems(
  file: string,
  systems: ConfigurationFile['systems'],
  connectors: readonly Connector[],
  log: Log,
): readonly ConnectedSystem[] {
  const known = new Map(connectors.map((connector) => [connector.name, connector]));
  const failures: string[] = [];
  const connected = Object.entries(systems).flatMap(([instance, { connector: name, settings: raw, lane }]) => {
    const connector = known.get(name);
    if (connector === undefined) {
      failures.push(
        `/systems/${instance}/connector: there is no connector ${name}; there are ${[...known.keys()].join(', ')}`,
      );
      return [];
    }
    const settings = readSettings(connector.settings, raw, resolveSecret);
    if (!settings.ok) {
      failures.push(
        ...settings.failures.map(({ path, message }) => `/systems/${instance}/settings${path}: ${message}`),
      );
      return [];
    }
    const manifest = connector.manifest(settings.value);
    const connection = connector.connect(settings.value, {
      instance,
      clock: systemClock,
      log: (event, details) => log(event, { instance, ...details }),
    });
    return [{ instance, connector: name, manifest, connection, lane: laneBudget(manifest.lane, lane) }];
  });
  if (failures.length > 0) throw new ConfigurationRefused(file, failures);
  return connected;
}
