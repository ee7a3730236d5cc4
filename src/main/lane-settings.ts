import { type Static, Type } from 'typebox';
import { type LaneBudget, maintenanceFailures, type Weekday, weekdays } from '#platform/engine/runtime';

const closed = { additionalProperties: false } as const;
const time = (description: string) => Type.String({ pattern: '^([01]\\d|2[0-4]):[0-5]\\d$', description });

/** What an installation may say of a system's lane; what it leaves out is as the connector has it. */
export const laneSettings = Type.Object(
  {
    /** Calls under way at once, of all nodes together. */
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    /** Calls a second, of all nodes together. */
    perSecond: Type.Optional(Type.Number({ minimum: 0.01, maximum: 100_000 })),
    /** Weekly stretches in which the lane keeps its work. */
    maintenance: Type.Optional(
      Type.Array(
        Type.Object(
          {
            days: Type.Array(Type.Unsafe<Weekday>({ type: 'string', enum: [...weekdays] }), {
              minItems: 1,
              uniqueItems: true,
            }),
            from: time('HH:MM, local time.'),
            to: time('HH:MM, local time; before `from` it is in the morning after.'),
            timeZone: Type.String({ minLength: 1, description: 'IANA name, e.g. `Europe/London`.' }),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
    ),
  },
  closed,
);
export type LaneSettings = Static<typeof laneSettings>;

/** What the schema cannot see, each line with its place. */
export const laneFailures = (systems: Readonly<Record<string, { readonly lane?: LaneSettings }>>): readonly string[] =>
  Object.entries(systems).flatMap(([instance, { lane }]) =>
    maintenanceFailures(lane?.maintenance ?? []).map(
      ({ path, message }) => `/systems/${instance}/lane/maintenance${path}: ${message}`,
    ),
  );

/** The connector's budget with what the configuration says instead. */
export const laneBudget = (own: LaneBudget, { ...settings }: LaneSettings = {}): LaneBudget => ({
  ...own,
  ...settings,
});
