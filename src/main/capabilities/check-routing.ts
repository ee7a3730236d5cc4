import type { Flow } from '#platform/engine';
import type { RoutingRules } from '../routing.ts';
import type { ConnectedSystem, OwnCapabilities } from './providers.ts';

interface Installation {
  readonly systems: readonly ConnectedSystem[];
  readonly own: OwnCapabilities;
  readonly rules: RoutingRules;
  readonly flows: readonly Flow[];
  /** Capabilities that are asked outside flows. */
  readonly others: readonly string[];
}

/** What is wrong with the routing: rules to instances that cannot do it, and capabilities that nobody serves. */
export function routingFailures({ systems, own, rules, flows, others }: Installation): readonly string[] {
  const offers = new Map(systems.map(({ instance, connection }) => [instance, Object.keys(connection.capabilities)]));
  const misrouted = rules.flatMap(({ capability, instance }, index) => {
    const offered = offers.get(instance) ?? [];
    return offered.includes(capability)
      ? []
      : [`/routing/${index}: ${instance} does not offer ${capability}; it offers ${offered.join(', ') || 'nothing'}`];
  });
  const asked = flows.flatMap((flow) => [...flow.table.effects.values()].map((effect) => effect.uses.name));
  const unserved = [...new Set([...asked, ...others])]
    .filter((capability) => own[capability] === undefined && rules.every((rule) => rule.capability !== capability))
    .map((capability) => `/routing: no rule says who serves ${capability}; add one`);
  return [...misrouted, ...unserved];
}
