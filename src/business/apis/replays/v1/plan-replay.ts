import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { writeRoute } from '#platform/gateway';
import type { ReplaysNeeds } from './needs.ts';
import { Reason, ReplayView, Selection } from './schema.ts';

export const planReplay = writeRoute<ReplaysNeeds>()({
  name: 'planReplay',
  method: 'POST',
  path: '/replays',
  summary: 'Plan a replay: look what would happen',
  description:
    'Counts the facts that one subscriber would be told again, and what that would do: nothing, something, or double. Nothing is told ' +
    'until somebody else approves the plan and it is started.',
  access: { scope: 'replays:plan' },
  body: Type.Object(
    {
      subscriber: Type.String({ minLength: 1, maxLength: 100, description: 'Who is told.', examples: ['reactions'] }),
      selection: Selection,
      reason: Reason,
      perSecond: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 1_000, description: 'Facts told in a second at most; default 10.' }),
      ),
    },
    closed,
  ),
  remembers: 'gateway',
  answers: { created: ReplayView },
  problems: ['no-such-subscriber', 'too-many-facts'],
  handle: async ({ body, by, intent }, { replays }) => {
    const answer = await replays.plan({ ...body, by, intent: `${by}:${intent.key}` });
    if (!answer.ok) return { problem: answer.refused, detail: answer.because };
    const location = `/api/replays/v1/replays/${answer.replay.id}`;
    return { outcome: 'created', body: answer.replay, location, ...(intent.repeated ? { replayed: true } : {}) };
  },
});
