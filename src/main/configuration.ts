import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { readSettings } from '#connectivity/kit';
import { alertSettings } from './alerts-settings.ts';
import { approvalSettings } from './approvals-settings.ts';
import { calendarSettings, calendarsFailures, deadlineSettings } from './calendars.ts';
import { customerNoticesSettings } from './customer-notices.ts';
import { identitySettings } from './identity-settings.ts';
import { laneFailures, laneSettings } from './lane-settings.ts';
import { messageSettings } from './letters-settings.ts';
import { routingRules } from './routing.ts';
import { telemetryFailures, telemetrySettings } from './telemetry-settings.ts';
import { proxyFailures } from './trusted-proxies.ts';

const closed = { additionalProperties: false } as const;
const name = (description: string) => Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', description });

const ownerName = Type.String({ minLength: 1, maxLength: 100 });

/** The configuration file of an installation. Secrets stand in it only as `{ "env": "NAME" }` or `{ "file": "path" }`. */
const ConfigurationFile = Type.Object(
  {
    /** The warehouses, by our names for them. */
    sites: Type.Array(Type.String({ pattern: '^[A-Z][A-Z0-9-]{0,19}$' }), { minItems: 1, uniqueItems: true }),
    /** Named instances of outside systems. */
    systems: Type.Record(
      Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
      Type.Object(
        {
          connector: name('Which connector, e.g. `tryton`.'),
          settings: Type.Record(Type.String(), Type.Unknown()),
          lane: Type.Optional(laneSettings),
          /** Who answers for what it tells, e.g. `warehouse team`. */
          owner: Type.Optional(ownerName),
          /** By the feed's name: who answers for this one. */
          feeds: Type.Optional(
            Type.Record(
              Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}$' }),
              Type.Object({ owner: Type.Optional(ownerName) }, closed),
            ),
          ),
        },
        closed,
      ),
    ),
    routing: routingRules,
    /** How often master data is read from the system of record, in seconds; default 300. */
    catalogueRhythmSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    /** When the day's truck leaves a warehouse, `HH:MM` in the time zone of the deadlines' calendar; default the end of its working day. */
    trucks: Type.Optional(
      Type.Record(Type.String(), Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: '`HH:MM`.' })),
    ),
    calendars: Type.Optional(calendarSettings),
    deadlines: Type.Optional(deadlineSettings),
    alerts: Type.Optional(alertSettings),
    messages: Type.Optional(messageSettings),
    customerNotices: Type.Optional(customerNoticesSettings),
    identity: Type.Optional(identitySettings),
    approvals: Type.Optional(approvalSettings),
    telemetry: Type.Optional(telemetrySettings),
    /** Networks of the reverse proxies that say truly who asked them, as `10.20.0.0/16`; absent: of none. */
    trustedProxies: Type.Optional(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 20 })),
  },
  closed,
);
export type ConfigurationFile = Static<typeof ConfigurationFile>;

/** What is wrong with a configuration: every line names the place and what to do. */
export class ConfigurationRefused extends Error {
  override readonly name = 'ConfigurationRefused';

  constructor(file: string, failures: readonly string[]) {
    super(`${file} cannot be used:\n${failures.map((failure) => `- ${failure}`).join('\n')}`);
  }
}

/** Checks what a configuration file holds; throws `ConfigurationRefused` with everything that is wrong. */
export function parseConfiguration(file: string, raw: unknown): ConfigurationFile {
  const read = readSettings(ConfigurationFile, raw, () => '');
  if (!read.ok)
    throw new ConfigurationRefused(
      file,
      read.failures.map(({ path, message }) => `${path === '' ? '/' : path}: ${message}`),
    );
  const configuration = read.value;
  const unknown = configuration.routing.flatMap(({ instance }, index) =>
    configuration.systems[instance] === undefined
      ? [
          `/routing/${index}/instance: there is no system named ${instance}; name one of ${Object.keys(configuration.systems).join(', ')}`,
        ]
      : [],
  );
  const trucks = Object.keys(configuration.trucks ?? {}).flatMap((site) =>
    configuration.sites.includes(site)
      ? []
      : [`/trucks/${site}: there is no such warehouse; name one of ${configuration.sites.join(', ')}`],
  );
  const wrong = [
    ...unknown,
    ...trucks,
    ...calendarsFailures(configuration),
    ...laneFailures(configuration.systems),
    ...telemetryFailures(configuration.telemetry),
    ...proxyFailures(configuration.trustedProxies),
  ];
  if (wrong.length > 0) throw new ConfigurationRefused(file, wrong);
  return configuration;
}

/** Reads and checks a configuration file. */
export function readConfiguration(file: string): ConfigurationFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new ConfigurationRefused(file, [thrown instanceof Error ? thrown.message : String(thrown)]);
  }
  try {
    return parseConfiguration(file, JSON.parse(text));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw new ConfigurationRefused(file, [`it is not JSON: ${thrown.message}`]);
    throw thrown;
  }
}
