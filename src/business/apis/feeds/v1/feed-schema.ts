import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

const optional = Type.Optional;

/** A feed: how news of a system comes in, and how fresh it is. */
export const FeedView = Type.Object(
  {
    feed: Type.String({ description: 'Instance and feed, e.g. `wms-north/shipping-confirmations`.' }),
    system: Type.String(),
    owner: optional(Type.String({ description: 'Who answers for it, as the configuration says.' })),
    connector: Type.String(),
    tells: Type.Array(Type.String(), { description: 'Types of messages that it has brought.' }),
    model: Type.String(),
    rhythmSeconds: Type.Number(),
    latencyTargetSeconds: Type.Number(),
    health: Type.Unsafe<'fresh' | 'late' | 'silent' | 'failing' | 'not-read-yet'>({
      type: 'string',
      enum: ['fresh', 'late', 'silent', 'failing', 'not-read-yet'],
      description:
        '`late`: measured latency is above the target. `silent`: not read for three rhythms. `failing`: the last reading failed.',
    }),
    because: optional(Type.String()),
    lastReadAt: optional(InstantText),
    lastMessageAt: optional(InstantText),
    readBy: optional(Type.String({ description: 'The node.' })),
    latencySeconds: optional(
      Type.Object(
        { median: Type.Number(), p95: Type.Number(), messages: Type.Integer() },
        { ...closed, description: 'From the outside system’s event to our commit, of the last hour’s messages.' },
      ),
    ),
    perHour: Type.Array(
      Type.Object({ hour: InstantText, messages: Type.Integer(), unreadable: Type.Integer() }, closed),
      {
        description: 'The last 24 hours.',
      },
    ),
  },
  closed,
);
export type FeedView = Static<typeof FeedView>;

export const Feeds = Type.Object(
  { asOf: InstantText, feeds: Type.Array(FeedView) },
  { ...closed, $id: 'https://crossdock.dev/schemas/feeds/1' },
);
export type Feeds = Static<typeof Feeds>;
