import { type Static, Type } from 'typebox';
import { secret } from '#connectivity/kit';

const closed = { additionalProperties: false } as const;
const word = (description: string) => Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9._/-]{0,119}$', description });
const text = Type.String({ minLength: 1, maxLength: 200 });
const count = Type.Optional(Type.Integer({ minimum: 1 }));
const minutes = Type.Number({ minimum: 0, maximum: 1_000_000 });

const quietHours = Type.Optional(Type.Object({ outside: word('A calendar.') }, closed));
const common = { quietHours, atMostPerHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_600 })) };

/** Nothing that could begin another header, or another address. */
const mailAddress = Type.String({ pattern: '^[^\\s@<>",;:]+@[^\\s@<>",;:]+$', maxLength: 254 });
const hostName = Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' });
const webhookSecret = {
  ...secret('`whsec_` and at least 24 bytes in base64, as Standard Webhooks has it.'),
  pattern: '^whsec_[A-Za-z0-9+/]{32,}={0,2}$',
};

/** One channel. Addresses of chat rooms are secrets: whoever knows one may write there. */
export const channelSettings = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('webhook'),
      url: Type.String({ pattern: '^https?://' }),
      secrets: Type.Array(webhookSecret, { minItems: 1, maxItems: 2 }),
      ...common,
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('chat'), url: secret('The address of an incoming webhook.'), ...common }, closed),
  Type.Object(
    {
      kind: Type.Literal('email'),
      host: hostName,
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
      security: Type.Optional(Type.Union([Type.Literal('starttls'), Type.Literal('tls'), Type.Literal('none')])),
      user: Type.Optional(text),
      password: Type.Optional(secret('The password of `user`.')),
      from: mailAddress,
      to: Type.Array(mailAddress, { minItems: 1, maxItems: 50 }),
      ...common,
    },
    closed,
  ),
]);

const worth = Type.Object(
  {
    amount: Type.String({ pattern: '^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?$' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  closed,
);

const condition = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('open-cases'),
      by: Type.Optional(Type.Union([Type.Literal('cause'), Type.Literal('group'), Type.Literal('party')])),
      cause: Type.Optional(word('A cause.')),
      flow: Type.Optional(word('A flow.')),
      party: Type.Optional(text),
      severity: Type.Optional(word('A severity.')),
      atLeast: count,
      worthAtLeast: Type.Optional(worth),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('overdue-cases'),
      cause: Type.Optional(word('A cause.')),
      level: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
      atLeast: count,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('long-stay'),
      flow: word('A flow.'),
      state: word('A state.'),
      longerThanMinutes: minutes,
      atLeast: count,
    },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('lane-open'), lane: Type.Optional(word('A system.')), longerThanMinutes: minutes },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('lane-backlog'), lane: Type.Optional(word('A system.')), olderThanMinutes: minutes },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('feed-silent'),
      feed: Type.Optional(word('System and feed, as `wms-east/files`.')),
      rhythms: Type.Optional(Type.Number({ minimum: 1, maximum: 10_000 })),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('replay-stopped') }, closed),
  Type.Object({ kind: Type.Literal('node-dead') }, closed),
  Type.Object(
    {
      kind: Type.Literal('database-trouble'),
      snapshotOlderThanMinutes: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    },
    closed,
  ),
]);

/** One rule. */
export const ruleSettings = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}$' }),
    when: condition,
    to: Type.Array(word('A channel.'), { minItems: 1, uniqueItems: true }),
    severity: Type.Optional(Type.Union([Type.Literal('notice'), Type.Literal('warning'), Type.Literal('urgent')])),
    repeatAfterMinutes: Type.Optional(Type.Number({ minimum: 1, maximum: 100_000 })),
    quietHours,
  },
  closed,
);

/** Where something may be sent, beside what is public. */
export const outgoingSettings = Type.Object(
  {
    hosts: Type.Optional(Type.Array(hostName, { uniqueItems: true })),
    networks: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
  },
  closed,
);

/** The whole; channels and rules are read one by one, so that each failure has its place. */
export const alertSettings = Type.Object(
  {
    channels: Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }), Type.Unknown()),
    rules: Type.Array(Type.Unknown(), { maxItems: 500 }),
    outgoing: Type.Optional(outgoingSettings),
  },
  closed,
);
export type AlertSettings = Static<typeof alertSettings>;
