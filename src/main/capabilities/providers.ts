import type { Connection, Manifest } from '#connectivity/kit';
import type { RoutingFacts } from '#model/kernel';
import type { LaneBudget, Provider, Providers } from '#platform/engine/runtime';
import { chooseInstance, type RoutingRules } from '../routing.ts';

/** An outside system, connected. */
export interface ConnectedSystem {
  readonly instance: string;
  readonly connector: string;
  readonly manifest: Manifest;
  readonly connection: Connection;
  /** Its budget: the configuration's, else the connector's own. */
  readonly lane: LaneBudget;
}

/** Abilities of Crossdock's own, by capability name: they are asked like anybody else's. */
export type OwnCapabilities = Readonly<Record<string, object>>;

/** The name under which Crossdock's own abilities stand in journals and lanes. */
export const ownInstance = 'crossdock';
const ownLane = { concurrency: 16 };

/** Applies the routing rules over the connected systems and Crossdock's own abilities. */
export function createProviders(
  systems: readonly ConnectedSystem[],
  own: OwnCapabilities,
  rules: RoutingRules,
): Providers {
  const byInstance = new Map(systems.map((system) => [system.instance, system]));

  function ownProvider(verbs: object): Provider {
    return { instance: ownInstance, verbs, lane: ownLane, verb: () => ({ class: 'keyed' }) };
  }

  function named(instance: string, capability: string): Provider {
    const verbs = own[capability];
    if (instance === ownInstance && verbs) return ownProvider(verbs);
    const system = byInstance.get(instance);
    const offered = system?.connection.capabilities[capability];
    if (system === undefined || offered === undefined) {
      throw new Error(`${instance} does not offer ${capability}: mend /systems or /routing in the configuration`);
    }
    const classes = system.manifest.verbs[capability] ?? {};
    return {
      instance,
      verbs: offered,
      lane: system.lane,
      verb(name) {
        const found = classes[name];
        if (found === undefined)
          throw new Error(`${system.connector} does not say of which class its verb ${capability}.${name} is`);
        return found;
      },
    };
  }

  return {
    named,
    choose: (capability: string, route: RoutingFacts, at: string) =>
      named(own[capability] ? ownInstance : chooseInstance(rules, capability, route, at), capability),
  };
}
