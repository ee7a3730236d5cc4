import { setTimeout as wait } from 'node:timers/promises';
import type { RunView } from '../engine.ts';
import type { Mail } from '../mail/mail.ts';
import type { HotRun } from './hot-run.ts';

/** One run on this node: its mailbox, its state as last written, and who waits for it. */
export interface RunActor {
  readonly flow: string;
  readonly key: string;
  /** Undefined: not loaded, or not there. */
  hot: HotRun | undefined;
  readonly mailbox: Mail[];
  /** Hashes of what came from the inbox and lies in the mailbox or is being handled: its row stays in the inbox until it is written. */
  readonly inHand: Set<string>;
  isBusy: boolean;
  readonly waiters: Set<Waiter>;
}

export interface Waiter {
  readonly until: (run: RunView) => boolean;
  readonly resolve: (run: RunView) => void;
  readonly reject: (reason: unknown) => void;
}

export const newActor = (flow: string, key: string): RunActor => ({
  flow,
  key,
  hot: undefined,
  mailbox: [],
  inHand: new Set(),
  isBusy: false,
  waiters: new Set(),
});

/** Nothing is lost when it is forgotten. */
export const isIdle = (actor: RunActor): boolean =>
  !actor.isBusy && actor.mailbox.length === 0 && actor.waiters.size === 0;

/** Where it came from the inbox, the name of its row there. */
const rowOf = (mail: Mail): string | undefined =>
  mail.kind === 'child' || (mail.kind === 'message' && mail.fromInbox) ? mail.hash : undefined;

/** Puts a piece of mail into the mailbox and works it off, one piece at a time. */
export function post(actor: RunActor, mail: Mail, handle: (actor: RunActor, mail: Mail) => Promise<void>): void {
  actor.mailbox.push(mail);
  const row = rowOf(mail);
  if (row !== undefined) actor.inHand.add(row);
  if (!actor.isBusy) void workOff(actor, handle);
}

async function workOff(actor: RunActor, handle: (actor: RunActor, mail: Mail) => Promise<void>): Promise<void> {
  actor.isBusy = true;
  for (let mail = actor.mailbox.shift(); mail !== undefined; mail = actor.mailbox.shift()) {
    await handle(actor, mail);
    const row = rowOf(mail);
    if (row !== undefined) actor.inHand.delete(row);
  }
  actor.isBusy = false;
}

/** Pause before an inner piece of work is tried again while the database is away. */
export const patience = (round: number): Promise<void> =>
  wait(Math.min(1_000, 20 * 2 ** round), undefined, { ref: false });
