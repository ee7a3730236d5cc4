import type { EventType } from '#model/kernel';

export { defineEvent, type EventType } from '#model/kernel';

/** The deadline of the present visit to a state has passed. */
export const deadline: EventType<{ readonly state: string }> = { name: 'deadline' };

/** What a rule may know about the message beside its data. */
export interface Moment {
  /** When the message was accepted; the only clock a rule has. */
  readonly now: string;
  /** The run's business key, e.g. the order number. */
  readonly key: string;
  /** The id of the message, e.g. for "by which message". */
  readonly messageId: string;
}
