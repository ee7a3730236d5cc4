import type { Advance, Message } from '../../run.ts';
import { step } from '../../step.ts';
import type { Verdict } from '../commit/commit-unit.ts';
import { isNothing, refusedAdvance } from '../commit/refused-advance.ts';
import type { HotRun } from './hot-run.ts';
import { type Occasion, planAdvance } from './plan-advance.ts';
import type { RunActor } from './run-actor.ts';
import { isOurs, type RunWriter, type WriterNeeds } from './run-writer.ts';

/** Works out what a message does to a run, and writes it. `instead` is tried when that cannot be written; then a refusal is. */
export interface MessageApplier {
  /** To the run as it stands; `lost` when it has moved on. `nothing`: it leaves no trace. */
  applyTo(
    actor: RunActor,
    run: HotRun,
    message: Message,
    occasion: Occasion,
    instead?: (because: string) => Message,
  ): Promise<Verdict | 'nothing'>;
  /** Again after each lost race. `nobody`: there is no such run. */
  apply(
    actor: RunActor,
    message: Message,
    occasion: Occasion,
    instead?: (because: string) => Message,
  ): Promise<Verdict | 'nobody' | 'nothing'>;
}

/** The advance that a message makes; `refusals` says why the ones before it could not be written. */
function workOut(run: HotRun, message: Message, instead: Message | undefined, refusals: readonly string[]): Advance {
  const because = refusals.at(-1);
  if (because === undefined) return step(run.flow.table, run.state, message);
  if (instead !== undefined && refusals.length === 1) return step(run.flow.table, run.state, instead);
  return refusedAdvance(run.flow.name, run.state, message, because);
}

/** A parked effect has no row that its answer could take with it: the run's version alone decides. */
function ofParked(run: HotRun, occasion: Occasion): Occasion {
  const { answers, ...rest } = occasion;
  const isParked = run.state.open.some(({ key, parked }) => parked === true && key === answers?.key);
  return isParked ? rest : occasion;
}

export function createMessageApplier(needs: WriterNeeds, { load, write, recall }: RunWriter): MessageApplier {
  const { log } = needs;

  async function applyTo(
    actor: RunActor,
    run: HotRun,
    message: Message,
    occasion: Occasion,
    instead?: (because: string) => Message,
  ): Promise<Verdict | 'nothing'> {
    for (const refusals: string[] = []; ; ) {
      try {
        const advance = workOut(run, message, instead?.(refusals[0] ?? ''), refusals);
        const leavesNoTrace =
          isNothing(advance) && !occasion.rang && !occasion.warned && occasion.receipt === undefined;
        if (leavesNoTrace) return 'nothing';
        const known = { ...ofParked(run, occasion), ...(await recall(run, advance)) };
        return await write(actor, run, planAdvance(needs, run, advance, known));
      } catch (thrown) {
        // What the database said of its own state is not the message's fault; a third refusal is nobody's to mend here.
        if (!isOurs(thrown) || refusals.length === 2) throw thrown;
        refusals.push(thrown instanceof Error ? thrown.message : String(thrown));
        log('advance-refused', {
          flow: actor.flow,
          key: actor.key,
          type: message.type,
          because: refusals.at(-1) ?? '',
        });
      }
    }
  }

  async function apply(
    actor: RunActor,
    message: Message,
    occasion: Occasion,
    instead?: (because: string) => Message,
  ): Promise<Verdict | 'nobody' | 'nothing'> {
    for (;;) {
      const isOld = actor.hot !== undefined;
      const run = await load(actor);
      if (run === undefined) return 'nobody';
      const verdict = await applyTo(actor, run, message, occasion, instead);
      // An answer to nothing: perhaps another node asked it, and what memory knows of the run is older than that.
      const isAnswerToNothing = verdict === 'nothing' && occasion.answers !== undefined;
      if (isAnswerToNothing && isOld) actor.hot = undefined;
      else if (verdict !== 'lost') return verdict;
    }
  }

  return { applyTo, apply };
}
