import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { type EventOf, streamRoute } from '#platform/gateway';
import { Changed, topics } from './live-schema.ts';
import type { LiveNeeds } from './needs.ts';

const Topics = Type.String({
  pattern: `^(${topics.join('|')})(,(${topics.join('|')}))*$`,
  description: 'Only these, with commas between them; absent: all that the caller may read.',
  examples: ['orders,cases'],
});

const events = { changed: Changed };

/** `readsAll`: also what others have submitted. Who does not hears that orders changed, and not which: they may be anybody's. */
async function* told(changes: AsyncIterable<Changed>, readsAll: boolean): AsyncGenerator<EventOf<typeof events>> {
  for await (const { topic, keys, at } of changes) {
    const isHidden = keys === undefined || (topic === 'orders' && !readsAll);
    yield { event: 'changed', data: { topic, at, ...(isHidden ? {} : { keys }) } };
  }
}

export const tellChanges = streamRoute<LiveNeeds>()({
  name: 'tellChanges',
  path: '/events',
  summary: 'Listen to what changes, to ask for it again',
  description:
    'Server-sent events. Each says of one topic that something changed, and where it can be named, what. A topic needs its own scope ' +
    '(`orders:read`, …); without it the caller hears nothing of it. Who may not read all orders ' +
    '(`orders:read-all`) is not told which of them changed. Nothing is told of the time before; a reader who was away asks again.',
  access: { scope: 'live:read' },
  query: Type.Object({ topics: Type.Optional(Topics) }, closed),
  problems: [],
  events,
  missed: (at) => topics.map((topic) => ({ event: 'changed' as const, data: { topic, at } })),
  handle: ({ query, closing, may, sites }, { live }) => {
    const wanted = query.topics?.split(',');
    const heard = topics.filter((topic) => (wanted?.includes(topic) ?? true) && may(`${topic}:read`));
    const changes = live.changes(closing, { topics: new Set(heard), ...(sites === undefined ? {} : { sites }) });
    return told(changes, may('orders:read-all'));
  },
});
