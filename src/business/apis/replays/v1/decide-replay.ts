import { Type } from 'typebox';
import { closed } from '#model/canonical';
import type { ReplayState } from '#platform/exceptions';
import { writeRoute } from '#platform/gateway';
import type { ReplaysNeeds } from './needs.ts';
import { answerOf } from './replay-answer.ts';
import { Reason, ReplayPath, ReplayView } from './schema.ts';

interface Decision {
  readonly name: string;
  readonly verb: 'approve' | 'start' | 'pause';
  readonly noun: string;
  readonly summary: string;
  readonly description: string;
  readonly scope: string;
  readonly problems: readonly string[];
  /** The states that it leads to: the same request again is answered by the replay as it is. */
  readonly leadsTo: readonly ReplayState[];
}

const decision = ({ name, verb, noun, summary, description, scope, problems, leadsTo }: Decision) =>
  writeRoute<ReplaysNeeds>()({
    name,
    method: 'POST',
    path: `/replays/{replay}/${noun}`,
    summary,
    description,
    access: { scope },
    params: ReplayPath,
    body: Type.Object({ reason: Reason }, closed),
    remembers: 'gateway',
    answers: { ok: ReplayView },
    problems: ['no-such-replay', 'wrong-state', ...problems],
    handle: async ({ params, body, by, intent }, { replays }) => {
      if (intent.repeated) {
        const found = await replays.find(params.replay);
        if (found !== undefined && leadsTo.includes(found.state)) return { outcome: 'ok', body: found, replayed: true };
      }
      return answerOf(await replays[verb](params.replay, by, body.reason));
    },
  });

export const approveReplay = decision({
  name: 'approveReplay',
  verb: 'approve',
  noun: 'approval',
  summary: 'Approve a plan',
  description: 'By another than who planned it, unless the installation says that one person may do both.',
  scope: 'replays:approve',
  problems: ['same-person'],
  leadsTo: ['approved', 'running', 'paused', 'stopped', 'finished'],
});

export const startReplay = decision({
  name: 'startReplay',
  verb: 'start',
  noun: 'start',
  summary: 'Start an approved replay, or go on with one that was paused or stopped',
  description: 'It tells its facts at its pace and stops at the first that does what was not foreseen.',
  scope: 'replays:plan',
  problems: [],
  leadsTo: ['running', 'stopped', 'finished'],
});

export const pauseReplay = decision({
  name: 'pauseReplay',
  verb: 'pause',
  noun: 'stop',
  summary: 'Stop a running replay',
  description: 'What was told stays told; started again it goes on where it was.',
  scope: 'replays:plan',
  problems: [],
  leadsTo: ['paused', 'finished'],
});
