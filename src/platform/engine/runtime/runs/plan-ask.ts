import { priorities } from '../../effect.ts';
import type { Flow } from '../../flow.ts';
import type { AskedEffect } from '../../run.ts';
import type { AskRow } from '../commit/commit-unit.ts';
import type { EffectTask } from '../effects/effect-task.ts';
import type { RecordedEffect } from '../effects/recorded-effects.ts';
import type { Provider, Providers } from '../engine.ts';

/** The lane of effects that nobody offers; they fail there at once. */
export const noLane = '(nobody)';

type Chosen =
  | { readonly provider: Provider; readonly nobody: '' }
  | { readonly provider: undefined; readonly nobody: string };

function choose(providers: Providers, asked: AskedEffect, at: string, original: RecordedEffect | undefined): Chosen {
  try {
    // What was surely not done may go another way by now; what may have been done is looked for where it was sent.
    const provider =
      original?.instance === undefined || original.instance === noLane || (asked.again === 'safe' && !asked.undoes)
        ? providers.choose(asked.capability, asked.route, at)
        : providers.named(original.instance, asked.capability);
    return { provider, nobody: '' };
  } catch (thrown) {
    return { provider: undefined, nobody: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** Who is to be asked, and the task that asks. An undo goes to the instance that did what is undone; what is asked again, and may be done, to the one that may have. */
export function planAsk(
  run: {
    readonly id: string;
    readonly key: string;
    readonly flow: Flow;
    readonly at: string;
    readonly isUnwinding: boolean;
  },
  asked: AskedEffect,
  providers: Providers,
  original: RecordedEffect | undefined,
): EffectTask {
  const effect = run.flow.table.effects.get(asked.name);
  if (effect === undefined) throw new Error(`flow ${run.flow.name} has no effect ${asked.name}`);
  const { provider, nobody } = choose(providers, asked, run.at, original);
  return {
    key: asked.key,
    runId: run.id,
    flow: run.flow,
    runKey: run.key,
    name: asked.name,
    occurrence: asked.occurrence,
    askedAt: run.at,
    undoes: asked.undoes === true,
    effect,
    instance: provider?.instance ?? noLane,
    provider,
    nobody,
    priority: priorities[asked.priority],
    orderKey: `${run.id}/${asked.name}`,
    latestWins: asked.latestWins,
    request: asked.undoes || asked.again ? original?.request : asked.request,
    answer: original?.answer,
    attempt: asked.again ? 2 : 1,
    inquiries: 0,
    doubtSince: asked.again === 'doubtful' ? performance.now() : undefined,
    // Of what an unwinding run asks again, or one that has gone on, only the fate is of interest.
    withdraw: asked.unwanted === true || (run.isUnwinding && asked.undoes !== true),
  };
}

/** The task as it is stored. */
export const askRow = (task: EffectTask, asked: AskedEffect, owned: boolean): AskRow => ({
  key: task.key,
  name: task.name,
  occurrence: task.occurrence,
  undoes: task.undoes,
  visit: asked.visit,
  capability: asked.capability,
  instance: task.instance,
  verb: task.effect.verb,
  priority: task.priority,
  orderKey: task.orderKey,
  owned,
  attempt: task.attempt,
  isDoubtful: task.doubtSince !== undefined,
  isUnwanted: task.withdraw,
});
