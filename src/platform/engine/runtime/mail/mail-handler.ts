import { databaseFault } from '#platform/storage';
import { nearlyDue } from '../../nearly-due.ts';
import type { Message } from '../../run.ts';
import type { InboxRow, Verdict } from '../commit/commit-unit.ts';
import { Unwritable } from '../commit/committer.ts';
import type { Started } from '../engine.ts';
import { createMessageApplier } from '../runs/apply-message.ts';
import { planBeginning, type RunBeginning } from '../runs/begin-run.ts';
import type { HotRun } from '../runs/hot-run.ts';
import { planTimerMove } from '../runs/plan-advance.ts';
import { patience, type RunActor } from '../runs/run-actor.ts';
import { createRunWriter, isOurs, type WriterNeeds } from '../runs/run-writer.ts';
import { uuidV7 } from '../runs/uuid-v7.ts';
import { giveBack } from '../sql/flows.ts';
import { earlierInInbox, openLooseCase, putInInbox, removeFromInbox, spoilStart } from '../sql/inbox.ts';
import { readClaim } from '../sql/runs.ts';
import { mailOf } from './incoming-mail.ts';
import type { ChildMail, Mail, MessageMail, OutcomeMail, StartMail } from './mail.ts';

/** The database is away or had to refuse; anything else is a defect that trying again does not mend. */
const isPassing = (thrown: unknown): boolean => databaseFault(thrown).kind !== 'permanent';

/** Does what one piece of mail asks. Never throws: who waits for it is told. */
export type MailHandler = (actor: RunActor, mail: Mail) => Promise<void>;

export function createMailHandler(needs: WriterNeeds): MailHandler {
  const { database, flows, clock, log } = needs;
  const writer = createRunWriter(needs);
  const { load, write, modernise } = writer;
  const { apply, applyTo } = createMessageApplier(needs, writer);

  const begin = (actor: RunActor, beginning: RunBeginning): Promise<Verdict> =>
    write(actor, undefined, planBeginning(needs, flows.newest(actor.flow), beginning));

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
      : await begin(actor, { source, input, at: clock.now(), key: actor.key, ...(claim ? { claim } : {}) });
    mail.resolve(verdict === 'won' ? { outcome: 'started', key: actor.key } : await existing(mail.start));
  }

  async function child(actor: RunActor, mail: ChildMail): Promise<void> {
    const place = { flow: actor.flow, key: actor.key, hash: mail.hash };
    try {
      const isThere = actor.hot !== undefined;
      const verdict = isThere
        ? 'exists'
        : await begin(actor, { ...mail, at: clock.now(), key: actor.key, consumed: place });
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
    if (verdict === 'behind') {
      // Whoever sent the earlier ones died, or stands still, before it could hand them on.
      const { rows } = await database.pool.query<InboxRow>(earlierInInbox, [flow, key, hash]);
      for (const row of rows) await message(actor, mailOf(row, log) as MessageMail);
      return message(actor, mail);
    }
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
    if (verdict === 'nobody') await database.pool.query(giveBack, [task.key, needs.owner.name, needs.owner.epoch]);
    if (verdict !== 'won') log('answer-without-effect', { key: task.key, type: mail.type, verdict });
    mail.settled();
  }

  /** The run, if its timer's row is due; what memory knows of it may be older than the row that rang. */
  async function ifDue(actor: RunActor, at: string): Promise<HotRun | undefined> {
    const isDue = (run: HotRun | undefined): boolean => run !== undefined && run.timerAt !== null && run.timerAt <= at;
    if (!isDue(actor.hot)) actor.hot = undefined;
    const run = await load(actor);
    return isDue(run) ? run : undefined;
  }

  async function timer(actor: RunActor): Promise<void> {
    for (let verdict: string = 'lost'; verdict === 'lost'; ) {
      const now = needs.due.now();
      const run = await ifDue(actor, now);
      if (run === undefined) return;
      const at = clock.now();
      const { visit, state } = run.state;
      const isOfThisVisit = run.dueAt !== null && run.dueVisit === visit;
      if (isOfThisVisit && run.dueAt <= now) {
        const data = { state, visit };
        const ring: Message = { id: `deadline:${visit}`, source: 'engine', type: 'deadline', data, at };
        verdict = await applyTo(actor, run, ring, { at, rang: true });
      } else if (isOfThisVisit && run.warnAt != null && run.warnAt <= now) {
        const warning: Message = {
          id: `${nearlyDue}:${visit}`,
          source: 'engine',
          type: nearlyDue,
          data: { state, visit },
          at,
        };
        verdict = await applyTo(actor, run, warning, { at, warned: true });
      } else {
        const none = { dueAt: null, dueVisit: null, warnAt: null };
        verdict = await write(actor, run, planTimerMove(isOfThisVisit ? run : { ...run, ...none }));
      }
    }
  }

  async function handle(actor: RunActor, mail: Mail): Promise<void> {
    if (mail.kind === 'start') return start(actor, mail);
    if (mail.kind === 'child') return child(actor, mail);
    if (mail.kind === 'message') return message(actor, mail);
    if (mail.kind === 'outcome') return outcome(actor, mail);
    if (mail.kind === 'migrate') return modernise(actor).finally(mail.settled);
    return timer(actor);
  }

  async function untilDone(actor: RunActor, mail: Mail): Promise<void> {
    for (let round = 0; !needs.isDead(); round += 1) {
      try {
        await handle(actor, mail);
        return;
      } catch (thrown) {
        if (needs.isDead()) return;
        actor.hot = undefined;
        log('mail-failed', { flow: actor.flow, key: actor.key, mail: mail.kind, message: String(thrown) });
        // Nobody waits for what came through the inbox, and what comes after it must not overtake it: it is tried again here.
        if (mail.kind === 'start' || (mail.kind === 'message' && !(mail.fromInbox && isPassing(thrown)))) {
          mail.reject(thrown);
          return;
        }
        if (mail.kind === 'child' || mail.kind === 'migrate' || thrown instanceof Unwritable) return;
        await patience(round);
      }
    }
  }

  return async (actor, mail) => {
    await untilDone(actor, mail);
    if (mail.kind === 'timer') mail.rung();
  };
}
