import { type Static, Type } from 'typebox';
import { secret } from '#connectivity/kit';

const seconds = (description: string, usual: number) =>
  Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 86_400, description: `${description} Default ${usual}.` }));

export const TrytonSettings = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://[^/]+/?$',
      description: 'Scheme, host and port, e.g. http://127.0.0.1:8000',
    }),
    database: Type.String({
      pattern: '^[A-Za-z0-9_-]+$',
      description: 'The database, which is the path of its calls.',
    }),
    username: Type.String({ minLength: 1, description: 'May sell, ship with forced assignment, and post invoices.' }),
    password: secret('Password of `username`.'),
    creditUsername: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'A user who may override credit limits; absent: nobody overrides here.',
      }),
    ),
    creditPassword: Type.Optional(secret('Password of `creditUsername`.')),
    company: Type.Optional(
      Type.String({
        minLength: 1,
        description: "Name of the company, where the user has several. Default: the user's own.",
      }),
    ),
    sites: Type.Record(Type.String({ minLength: 1 }), Type.String({ minLength: 1 }), {
      description: 'Our name of a site → the code of its warehouse in Tryton.',
    }),
    units: Type.Optional(
      Type.Record(Type.String({ minLength: 1 }), Type.String({ minLength: 1 }), {
        description: 'Our unit code → the symbol of the unit in Tryton. Default { "EA": "u" }.',
      }),
    ),
    concurrency: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 64,
        description: 'Verbs under way; more of them wait for each other there. Default 2.',
      }),
    ),
    timeoutSeconds: seconds('Longest silence in an answer.', 60),
    lateCommitSeconds: seconds('How late a call whose answer was lost may still take effect.', 5),
    cacheSeconds: seconds('How long ids of customers, items, units and warehouses are kept.', 60),
  },
  { additionalProperties: false },
);
export type TrytonSettings = Static<typeof TrytonSettings>;

/** The settings with every default in its place. */
export const withDefaults = (settings: TrytonSettings) => ({
  ...settings,
  origin: settings.url.replace(/\/$/, ''),
  units: settings.units ?? { EA: 'u' },
  concurrency: settings.concurrency ?? 2,
  timeoutMs: (settings.timeoutSeconds ?? 60) * 1_000,
  lateCommitMs: (settings.lateCommitSeconds ?? 5) * 1_000,
  cacheMs: (settings.cacheSeconds ?? 60) * 1_000,
});
export type CompleteSettings = ReturnType<typeof withDefaults>;
