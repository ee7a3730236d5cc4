import { caseGroup } from '../../case-group.ts';
import type { Advance, Message, RunState } from '../../run.ts';

/** Text that every column takes. */
const writable = (text: string): string => text.replaceAll('\0', '�').toWellFormed();

/**
 * In place of an advance that cannot be written: the run stays where it is, the message is in the journal, and a case says so.
 */
export function refusedAdvance(flow: string, run: RunState, message: Message, because: string): Advance {
  const cause = writable(`unwritable-${message.type}`);
  const opening = {
    cause,
    summary: writable(
      `${message.type} from ${message.source} (${message.id}) could not be stored in ${run.state}: ${because}. Correct the data at its source and send it again under a new id.`,
    ),
  };
  const group = caseGroup(flow, cause, {});
  const isOpen = run.cases.some((open) => open.cause === cause);
  return {
    run: isOpen ? run : { ...run, cases: [...run.cases, { cause, group }] },
    verdict: 'unexpected',
    entries: [
      { kind: 'received', message, verdict: 'unexpected', because: writable(because) },
      ...(isOpen ? [] : [{ kind: 'case-opened' as const, opening }]),
    ],
    ask: [],
    settle: [],
    withdraw: [],
    timer: 'keep',
    start: [],
    send: [],
    tell: [],
    openCases: isOpen ? [] : [{ ...opening, group, subject: {} }],
    closeCases: [],
  };
}

/** It changes nothing and leaves no trace: there is nothing to write. */
export const isNothing = (advance: Advance): boolean =>
  advance.entries.length === 0 &&
  advance.settle.length === 0 &&
  advance.ask.length === 0 &&
  advance.send.length === 0 &&
  advance.timer === 'keep';
