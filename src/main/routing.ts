import { type Static, Type } from 'typebox';
import { Fault, type Instant, type RoutingFacts } from '#model/kernel';

const text = Type.Optional(Type.String({ minLength: 1, maxLength: 60 }));
const day = Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'First or last day, UTC.' }));

/** Dated rules from a capability to an instance. The first that matches is taken, so the particular stands before the general. */
export const routingRules = Type.Array(
  Type.Object(
    {
      capability: Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }),
      instance: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
      /** All of these must be so. */
      when: Type.Optional(
        Type.Object(
          { company: text, site: text, itemGroup: text, customerGroup: text },
          { additionalProperties: false },
        ),
      ),
      /** In force from this day on, and up to and including that one. */
      from: day,
      to: day,
    },
    { additionalProperties: false },
  ),
  { minItems: 1 },
);
export type RoutingRules = Static<typeof routingRules>;

const factNames = ['company', 'site', 'itemGroup', 'customerGroup'] as const;

function matches(rule: RoutingRules[number], capability: string, facts: RoutingFacts, day: string): boolean {
  if (rule.capability !== capability) return false;
  if ((rule.from !== undefined && day < rule.from) || (rule.to !== undefined && day > rule.to)) return false;
  return factNames.every((fact) => rule.when?.[fact] === undefined || rule.when[fact] === facts[fact]);
}

/** Which instance serves a capability for these facts at this time. Throws a `permanent` fault when no rule matches. */
export function chooseInstance(rules: RoutingRules, capability: string, facts: RoutingFacts, at: Instant): string {
  const rule = rules.find((candidate) => matches(candidate, capability, facts, at.slice(0, 10)));
  if (rule) return rule.instance;
  throw new Fault('permanent', {
    code: 'no-route',
    message: `no routing rule gives ${capability} to a system for ${JSON.stringify(facts)} on ${at.slice(0, 10)}; add one under /routing`,
  });
}
