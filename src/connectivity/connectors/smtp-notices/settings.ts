import { type Static, Type } from 'typebox';
import { secret } from '#connectivity/kit';
import { closed } from '#model/canonical';
import { EmailAddress } from '#model/capabilities';

/** A mail server that sends notices to customers. */
export const NoticesSettings = Type.Object(
  {
    host: Type.String({ minLength: 1 }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 587 }),
    security: Type.Enum(['tls', 'starttls', 'none'], {
      default: 'starttls',
      description: '`none` only for a server on this machine.',
    }),
    username: Type.Optional(Type.String({ minLength: 1 })),
    password: Type.Optional(secret('For username.')),
    from: EmailAddress,
    timeoutMs: Type.Integer({ minimum: 100, default: 15_000, description: 'Most time that one step may take.' }),
    concurrency: Type.Integer({ minimum: 1, maximum: 32, default: 4, description: 'Mails under way at once.' }),
    perSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: 'Most mails a second.' })),
  },
  closed,
);
export type NoticesSettings = Static<typeof NoticesSettings>;
