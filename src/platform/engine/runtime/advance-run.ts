import type { Clock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Advance, Message } from '../run.ts';
import { begin, step } from '../step.ts';
import { chainStart } from './audit-chain.ts';
import type { InboxRow, Verdict } from './commit-unit.ts';
import { type Committer, Unwritable } from './committer.ts';
import type { Log, Started } from './engine.ts';
import type { FlowRegistry } from './flow-registry.ts';
import type { HotRun } from './hot-run.ts';
import type { ChildMail, Mail, MessageMail, OutcomeMail, StartMail } from './mail.ts';
import { type Occasion, type Plan, type PlanNeeds, planAdvance, planTimerMove } from './plan-advance.ts';
import { findRecorded, type RecordedEffect } from './recorded-effects.ts';
import { isNothing, refusedAdvance } from './refused-advance.ts';
import { patience, type RunActor } from './run-actor.ts';
import { openLooseCase, putInInbox, removeFromInbox, spoilStart } from './sql/inbox.ts';
import { loadRun, readClaim, readJournalOf } from './sql/runs.ts';
import { hotRun, type StoredRun } from './stored-run.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface AdvanceNeeds extends PlanNeeds {
  readonly database: Database;
  readonly flows: FlowRegistry;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly log: Log;
  readonly isDead: () => boolean;
  /** A plan was written. `waiting` came before the run did. */
  readonly committed: (actor: RunActor, before: HotRun | undefined, plan: Plan, waiting: readonly InboxRow[]) => void;
}

/** Whether an error is the flow's or the message's, and not the database's. */
const isOurs = (thrown: unknown): boolean =>
  thrown instanceof Unwritable || !(thrown instanceof Error && 'code' in thrown);

type Handler = (actor: RunActor, mail: Mail) => Promise<void>;

/** Works out and writes what one piece of mail does to its run. */
export function createMailHandler(needs: AdvanceNeeds): Handler {
  const { database, flows, committer, clock, log } = needs;

  async function load(actor: RunActor): Promise<HotRun | undefined> {
    if (actor.hot) return actor.hot;
    const { rows } = await database.pool.query<StoredRun>({
      name: 'load-run',
      text: loadRun,
      values: [actor.flow, actor.key],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    actor.hot = hotRun(row, flows);
    return actor.hot;
  }

  async function write(actor: RunActor, before: HotRun | undefined, plan: Plan): Promise<Verdict> {
    const outcome = await committer.commit(plan.unit);
    if (outcome.verdict === 'won') {
      actor.hot = plan.next;
      needs.committed(actor, before, plan, outcome.waiting);
    } else if (outcome.verdict !== 'repeated') {
      // What was known of the run is old, or never was.
      actor.hot = undefined;
    }
    return outcome.verdict;
  }

  /** The journal's knowledge of what is to be undone. */
  async function undone(run: HotRun, advance: Advance): Promise<Pick<Occasion, 'undone'>> {
    const undoes = advance.ask.filter((asked) => asked.undoes);
    if (undoes.length === 0) return {};
    const { rows } = await database.pool.query<{ entries: string }>(readJournalOf, [run.id]);
    // What is undone may have been answered by this very message.
    const texts = [...rows.map(({ entries }) => entries), JSON.stringify({ at: '', entries: advance.entries })];
    const found = new Map<string, RecordedEffect>();
    for (const { key } of undoes) {
      const original = key.replace(/:undo$/, '');
      const effect = findRecorded(texts, original);
      if (effect) found.set(original, effect);
    }
    return { undone: found };
  }

  /** The advance that a message makes; `refusals` says why the ones before it could not be written. */
  function workOut(run: HotRun, message: Message, instead: Message | undefined, refusals: readonly string[]): Advance {
    const because = refusals.at(-1);
    if (because === undefined) return step(run.flow.table, run.state, message);
    if (instead !== undefined && refusals.length === 1) return step(run.flow.table, run.state, instead);
    return refusedAdvance(run.state, message, because);
  }

  /** One message to a run as it stands; as a refusal when it cannot be written. `instead` is tried between. */
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
        const leavesNoTrace = isNothing(advance) && !occasion.rang && occasion.receipt === undefined;
        if (leavesNoTrace) return 'nothing';
        const undoes = advance.ask.some((asked) => asked.undoes);
        const known = undoes ? { ...occasion, ...(await undone(run, advance)) } : occasion;
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

  /** One message to one run, again after each lost race. */
  async function apply(
    actor: RunActor,
    message: Message,
    occasion: Occasion,
    instead?: (because: string) => Message,
  ): Promise<Verdict | 'nobody' | 'nothing'> {
    for (;;) {
      const run = await load(actor);
      if (run === undefined) return 'nobody';
      const verdict = await applyTo(actor, run, message, occasion, instead);
      if (verdict !== 'lost') return verdict;
    }
  }

  const newRun = (flowName: string, key: string, at: string, parent: ChildMail['parent'] | undefined): HotRun => {
    const id = uuidV7();
    const flow = flows.newest(flowName);
    return {
      id,
      flow,
      version: 0,
      chain: chainStart(id),
      startedAt: at,
      updatedAt: at,
      documentJson: '',
      dueAt: null,
      dueVisit: null,
      timerAt: null,
      state: {
        key,
        state: '',
        visit: 0,
        document: undefined,
        phase: 'forward',
        open: [],
        undoable: [],
        asked: [],
        children: [],
        cases: [],
        deferred: [],
        ...(parent ? { parent } : {}),
      },
    };
  };

  /** Writes the first advance. Throws what `begin` throws, and `Unwritable`. */
  async function beginRun(
    actor: RunActor,
    asked: Pick<ChildMail, 'source' | 'input'> & Partial<Pick<ChildMail, 'parent'>> & { readonly at: string },
    more: Pick<Occasion, 'consumed'> & { readonly claim?: NonNullable<StartMail['start']['claim']> },
  ): Promise<Verdict> {
    const { source, input, at, parent } = asked;
    const run = newRun(actor.flow, actor.key, at, parent);
    const advance = begin(run.flow.table, { key: actor.key, input, at, source, ...(parent ? { parent } : {}) });
    const { document } = advance.run;
    const given = typeof document === 'object' && document !== null && 'given' in document ? document.given : undefined;
    const inputJson = JSON.stringify(input ?? null);
    const givenJson = given === undefined ? null : JSON.stringify(given);
    const begins = {
      flow: actor.flow,
      flowVersion: run.flow.version,
      key: actor.key,
      input: inputJson,
      given: givenJson === inputJson ? null : givenJson,
      givenIsInput: givenJson === inputJson,
      ...(more.claim ? { claim: more.claim } : {}),
    };
    const { consumed } = more;
    return write(actor, undefined, planAdvance(needs, run, advance, { at, begins, ...(consumed ? { consumed } : {}) }));
  }

  async function existing(start: StartMail['start']): Promise<Started> {
    if (start.claim === undefined) return { outcome: 'repeated', key: start.key };
    const { rows } = await database.pool.query<{ run_key: string; fingerprint: string }>(readClaim, [
      start.claim.scope,
      start.claim.key,
    ]);
    const held = rows[0];
    if (held === undefined) return { outcome: 'conflicting', key: start.key };
    const isSame = held.fingerprint === start.claim.fingerprint;
    return { outcome: isSame ? 'repeated' : 'conflicting', key: held.run_key };
  }

  async function start(actor: RunActor, mail: StartMail): Promise<void> {
    const { claim, source, input } = mail.start;
    const isThere = actor.hot !== undefined;
    const verdict = isThere
      ? 'exists'
      : await beginRun(actor, { source, input, at: clock.now() }, claim ? { claim } : {});
    mail.resolve(verdict === 'won' ? { outcome: 'started', key: actor.key } : await existing(mail.start));
  }

  async function child(actor: RunActor, mail: ChildMail): Promise<void> {
    const place = { flow: actor.flow, key: actor.key, hash: mail.hash };
    try {
      const isThere = actor.hot !== undefined;
      const verdict = isThere ? 'exists' : await beginRun(actor, { ...mail, at: clock.now() }, { consumed: place });
      if (verdict !== 'won') await database.pool.query(removeFromInbox, [place.flow, place.key, place.hash]);
    } catch (thrown) {
      // Of the database: the sweeper offers it again. Of the flow, or of the input: a person must look.
      log('child-not-started', { flow: actor.flow, key: actor.key, message: String(thrown) });
      if (!isOurs(thrown)) return;
      const summary = `It was to be started by ${mail.source} and could not: ${String(thrown)}`.replaceAll('\0', '�');
      await database.pool.query(openLooseCase, [uuidV7(), actor.flow, actor.key, 'not-started', summary, clock.now()]);
      await database.pool.query(spoilStart, [place.flow, place.key, place.hash]);
    }
  }

  async function message(actor: RunActor, mail: MessageMail): Promise<void> {
    const place = { flow: actor.flow, key: actor.key, hash: mail.hash };
    const verdict = await apply(actor, mail.message, {
      at: mail.message.at,
      receipt: mail.hash,
      ...(mail.fromInbox ? { consumed: place } : {}),
      ...(mail.original === undefined ? {} : { original: mail.original }),
    });
    const { flow, key, hash } = place;
    if (verdict === 'repeated' && mail.fromInbox) await database.pool.query(removeFromInbox, [flow, key, hash]);
    if (verdict === 'nobody' && !mail.fromInbox) {
      const text = JSON.stringify({ ...mail.message, ...(mail.original ? { original: mail.original } : {}) });
      await database.pool.query(putInInbox, [flow, key, hash, 'message', text]);
    }
    mail.resolve();
  }

  async function outcome(actor: RunActor, mail: OutcomeMail): Promise<void> {
    const { task, data } = mail;
    const at = clock.now();
    const id = `${task.key}/${task.attempt}`;
    const source = task.instance;
    // A success is evidence, whoever comes with it; anything else counts only from the owner.
    const attempt = mail.type.endsWith('.done') || mail.type.endsWith('.undone') ? null : task.attempt;
    const answers = { key: task.key, attempt };
    const failed = (because: string): Message => {
      const fault = { kind: 'permanent', code: 'unwritable-answer', message: because.replaceAll('\0', '') };
      const type = `${task.name}.${task.undoes ? 'undo-failed' : 'failed'}`;
      return { id, source, type, data: { occurrence: task.occurrence, fault }, at };
    };
    const verdict = await apply(actor, { id, source, type: mail.type, data, at }, { at, answers }, failed);
    if (verdict !== 'won') log('answer-without-effect', { key: task.key, type: mail.type, verdict });
    mail.settled();
  }

  async function timer(actor: RunActor): Promise<void> {
    for (;;) {
      const run = await load(actor);
      if (run === undefined) return;
      const at = clock.now();
      const isDue = run.dueAt !== null && run.dueAt <= at && run.dueVisit === run.state.visit;
      if (!isDue) {
        const isGone = run.dueAt === null || run.dueVisit !== run.state.visit;
        const verdict = await write(actor, run, planTimerMove(isGone ? { ...run, dueAt: null, dueVisit: null } : run));
        if (verdict !== 'lost') return;
        continue;
      }
      const { visit, state } = run.state;
      const data = { state, visit };
      const ring: Message = { id: `deadline:${visit}`, source: 'engine', type: 'deadline', data, at };
      if ((await applyTo(actor, run, ring, { at, rang: true })) !== 'lost') return;
    }
  }

  async function handle(actor: RunActor, mail: Mail): Promise<void> {
    if (mail.kind === 'start') return start(actor, mail);
    if (mail.kind === 'child') return child(actor, mail);
    if (mail.kind === 'message') return message(actor, mail);
    if (mail.kind === 'outcome') return outcome(actor, mail);
    return timer(actor);
  }

  return async (actor, mail) => {
    for (let round = 0; !needs.isDead(); round += 1) {
      try {
        await handle(actor, mail);
        return;
      } catch (thrown) {
        if (needs.isDead()) return;
        actor.hot = undefined;
        log('mail-failed', { flow: actor.flow, key: actor.key, mail: mail.kind, message: String(thrown) });
        if (mail.kind === 'start' || mail.kind === 'message') {
          mail.reject(thrown);
          return;
        }
        if (mail.kind === 'child' || thrown instanceof Unwritable) return;
        await patience(round);
      }
    }
  };
}
