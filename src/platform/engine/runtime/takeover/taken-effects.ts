import type { EffectTask } from '../effects/effect-task.ts';
import { findRecorded, type RecordedEffect } from '../effects/recorded-effects.ts';
import type { Providers } from '../engine.ts';
import type { FlowRegistry } from '../versions/flow-registry.ts';

/** A row of `takenEffects`. */
export interface TakenEffect {
  readonly key: string;
  readonly run_id: string;
  readonly name: string;
  readonly occurrence: string;
  readonly undoes: boolean;
  readonly instance: string;
  readonly capability: string;
  readonly priority: number;
  readonly order_key: string;
  readonly asked_at: string;
  readonly attempt: number;
  readonly inquiries: number;
  readonly sending: boolean;
  readonly in_doubt: boolean;
  readonly withdraw: boolean;
  readonly flow: string;
  readonly flow_version: number;
  readonly run_key: string;
  readonly entries: string | null;
}

/**
 * A stored effect as a task again. `journalOf` reads a run's whole journal, for an undo. Throws when this node does not know the
 * run's version, or the effect.
 */
export async function taskOf(
  row: TakenEffect,
  flows: FlowRegistry,
  providers: Providers,
  journalOf: (runId: string) => Promise<readonly string[]>,
): Promise<EffectTask> {
  const flow = flows.version(row.flow, row.flow_version);
  const effect = flow.table.effects.get(row.name);
  if (effect === undefined) throw new Error(`flow ${row.flow} version ${row.flow_version} has no effect ${row.name}`);
  let provider: EffectTask['provider'];
  let nobody = '';
  try {
    provider = providers.named(row.instance, row.capability);
  } catch (thrown) {
    nobody = thrown instanceof Error ? thrown.message : String(thrown);
  }
  const rows = row.undoes ? await journalOf(row.run_id) : row.entries === null ? [] : [row.entries];
  const recorded: RecordedEffect | undefined = findRecorded(rows, row.undoes ? row.key.replace(/:undo$/, '') : row.key);
  if (recorded === undefined) throw new Error(`the journal does not know how ${row.key} was asked`);
  // A blind verb tells by its mark whether a byte may have left; the others are in doubt once their owner is dead.
  const isBlind = provider?.verb(effect.verb).class === 'blind';
  const isDoubtful = isBlind ? row.sending : row.in_doubt;
  return {
    key: row.key,
    runId: row.run_id,
    flow,
    runKey: row.run_key,
    name: row.name,
    occurrence: row.occurrence,
    askedAt: row.asked_at,
    undoes: row.undoes,
    effect,
    instance: row.instance,
    provider,
    nobody,
    priority: row.priority,
    orderKey: row.order_key,
    latestWins: effect.latestWins ?? false,
    request: recorded.request,
    answer: recorded.answer,
    attempt: row.attempt,
    inquiries: row.inquiries,
    doubtSince: isDoubtful ? performance.now() : undefined,
    withdraw: row.withdraw,
  };
}
