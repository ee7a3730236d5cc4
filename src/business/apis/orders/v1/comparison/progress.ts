import { deadline } from '#platform/engine';
import type { Asking } from '../exchanges/order-exchange.ts';
import type { RecordedRun } from '../record/order-record.ts';

/**
 * How far it is with something that a system has to do or to say. `settled`: done, or not wanted. `in-flight`: under way, in time.
 * `silent`: its time is over. `stuck`: it failed, and a person must decide.
 */
export type Progress = 'settled' | 'in-flight' | 'silent' | 'stuck';

/** How far each call of an order is. */
export type Progressed = (asking: Asking) => Progress;

const order: readonly Progress[] = ['settled', 'in-flight', 'silent', 'stuck'];

/** The worst of them; `settled` for none. */
export const worst = (all: readonly Progress[]): Progress =>
  all.reduce<Progress>((found, each) => (order.indexOf(each) > order.indexOf(found) ? each : found), 'settled');

/** Since when the time for the present state of a run is over; undefined while it is not. */
export function overdueSince(recorded: RecordedRun | undefined, asOf: string): string | undefined {
  const run = recorded?.run;
  if (recorded === undefined || run === undefined || run.phase === 'ended') return undefined;
  const rang = recorded.lines.findLast(
    ({ entry }) =>
      entry.kind === 'received' &&
      entry.message.type === deadline.name &&
      (entry.message.data as { readonly visit?: number }).visit === run.visit,
  );
  return rang?.at ?? (run.dueAt !== undefined && run.dueAt <= asOf ? run.dueAt : undefined);
}

/** How far a call is. Its time is that of the state that asked it, while its run is still there. */
export function progressOf({ standing, visit }: Asking, recorded: RecordedRun | undefined, asOf: string): Progress {
  switch (standing) {
    case 'done':
    case 'done by hand':
    case 'refused':
    case 'failed':
    case 'withdrawn':
    case 'skipped':
      return 'settled';
    case 'parked':
      return 'stuck';
    case 'in doubt: nobody knows':
      return 'silent';
    case 'safe to send':
    case 'under way':
    case 'in doubt: asking':
      return visit === recorded?.run?.visit && overdueSince(recorded, asOf) !== undefined ? 'silent' : 'in-flight';
    default:
      return standing satisfies never;
  }
}

/** It was done, by the system or by hand. */
export const isDone = ({ standing }: Asking): boolean => standing === 'done' || standing === 'done by hand';
