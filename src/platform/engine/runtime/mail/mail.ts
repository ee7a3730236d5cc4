import type { Message } from '../../run.ts';
import type { EffectTask } from '../effects/effect-task.ts';
import type { Started, StartRun } from '../engine.ts';

interface Awaited<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

/** A start asked from outside. */
export interface StartMail extends Awaited<Started> {
  readonly kind: 'start';
  readonly start: StartRun;
}

/** A start asked by another run; its row waits in the inbox. */
export interface ChildMail {
  readonly kind: 'child';
  readonly hash: string;
  readonly source: string;
  readonly at: string;
  readonly input: unknown;
  readonly parent: { readonly flow: string; readonly key: string };
}

/** A message from outside, or one that waits in the inbox. */
export interface MessageMail extends Awaited<void> {
  readonly kind: 'message';
  readonly message: Message;
  readonly original?: string;
  readonly hash: string;
  readonly fromInbox: boolean;
}

/** What became of an effect. */
export interface OutcomeMail {
  readonly kind: 'outcome';
  readonly task: EffectTask;
  /** The message's type, e.g. `book-in-erp.done`. */
  readonly type: string;
  readonly data: unknown;
  /** Called when it is written, or says nothing any more. */
  readonly settled: () => void;
}

/** The run's timer rang. */
export interface TimerMail {
  readonly kind: 'timer';
  /** Called when all that it does is written, or nothing is to be done. */
  readonly rung: () => void;
}

/** The run may be taken over by a newer version of its flow. */
export interface MigrateMail {
  readonly kind: 'migrate';
  readonly settled: () => void;
}

/** What comes to a run; one after the other. */
export type Mail = StartMail | ChildMail | MessageMail | OutcomeMail | TimerMail | MigrateMail;
