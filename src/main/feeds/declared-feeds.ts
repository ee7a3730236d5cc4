import type { ConnectedSystem } from '../capabilities/providers.ts';
import type { ConfigurationFile } from '../configuration.ts';
import type { DeclaredFeed } from './feed-desk.ts';

type Settings = Pick<ConfigurationFile, 'systems' | 'routing'>;

/** The warehouses of a system whose every routing rule names one; undefined: it is not one warehouse's. */
function sitesOf({ routing }: Settings, instance: string): readonly string[] | undefined {
  const named = routing.filter((rule) => rule.instance === instance).map(({ when }) => when?.site);
  const sites = named.filter((site) => site !== undefined);
  return sites.length > 0 && sites.length === named.length ? [...new Set(sites)] : undefined;
}

/** Every feed of the installation, with who answers for it. */
export function declaredFeeds(configuration: Settings, systems: readonly ConnectedSystem[]): readonly DeclaredFeed[] {
  return systems.flatMap(({ instance, connector, connection }) => {
    const settings = configuration.systems[instance];
    const sites = sitesOf(configuration, instance);
    return connection.feeds.map(({ name, sync }): DeclaredFeed => {
      const owner = settings?.feeds?.[name]?.owner ?? settings?.owner;
      return {
        ...{ system: instance, name, connector, sync },
        ...(owner === undefined ? {} : { owner }),
        ...(sites === undefined ? {} : { sites }),
      };
    });
  });
}

/** Feeds that the configuration speaks of and that are not there, each with its place. */
export const feedFailures = (configuration: Settings, systems: readonly ConnectedSystem[]): readonly string[] =>
  systems.flatMap(({ instance, connection }) => {
    const known = connection.feeds.map(({ name }) => name);
    return Object.keys(configuration.systems[instance]?.feeds ?? {})
      .filter((name) => !known.includes(name))
      .map(
        (name) => `/systems/${instance}/feeds/${name}: there is no such feed; there are ${known.join(', ') || 'none'}`,
      );
  });
