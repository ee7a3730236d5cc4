import { readRoute } from '#platform/gateway';
import type { ReplaysNeeds } from './needs.ts';
import { ReplayList, ReplayPath, ReplayView } from './schema.ts';

const mostShown = 100;

export const listReplays = readRoute<ReplaysNeeds>()({
  name: 'listReplays',
  path: '/replays',
  summary: `The latest ${mostShown} replays, newest first`,
  access: { scope: 'replays:read' },
  answers: { ok: ReplayList },
  problems: [],
  handle: async (_, { replays }) => ({ outcome: 'ok', body: { replays: [...(await replays.list(mostShown))] } }),
});

export const showReplay = readRoute<ReplaysNeeds>()({
  name: 'showReplay',
  path: '/replays/{replay}',
  summary: 'Show a replay: what was foreseen, how far it is, and why it stopped',
  access: { scope: 'replays:read' },
  params: ReplayPath,
  answers: { ok: ReplayView },
  problems: ['no-such-replay'],
  handle: async ({ params }, { replays }) => {
    const found = await replays.find(params.replay);
    return found === undefined
      ? { problem: 'no-such-replay', detail: `There is no replay ${params.replay}.` }
      : { outcome: 'ok', body: found };
  },
});
