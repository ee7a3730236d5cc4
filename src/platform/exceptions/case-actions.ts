import { type Allowance, type Allowances, allowed, notAllowed } from './case-action-names.ts';
import { type CaseEffect, effectOf, type Tables } from './case-effect.ts';
import type { CaseRecord } from './case-record.ts';
import type { Letter } from './letters.ts';

const onItsWay = 'It is on its way again: wait for what comes of it.';
const nothingAsked = 'The case stands for no effect, so there is nothing to be sent.';
const unknownVersion = 'This node does not know that version of the flow: act on a node that does.';

/** Does an effect wait, so that somebody can decide about it at all? */
function waiting(record: CaseRecord, effect: CaseEffect | undefined, tables: Tables): Allowance {
  if (effect === undefined) return notAllowed(nothingAsked);
  if (record.run === undefined) return notAllowed('Its run is not there.');
  if (tables(record.flow, record.run.version) === undefined) return notAllowed(unknownVersion);
  if (record.run.phase === 'ended') return notAllowed('The run has ended.');
  return effect.parked ? allowed : notAllowed(onItsWay);
}

const both = (first: Allowance, then: () => Allowance): Allowance => (first.allowed ? then() : first);

function mayEdit({ definition, undoes, standing }: CaseEffect): Allowance {
  if (undoes) return notAllowed('What an undo asks for cannot be edited.');
  if (standing === 'in doubt: nobody knows') {
    return notAllowed(
      'Nobody knows whether it was done: find that out, and say not-done or answer, before another is sent.',
    );
  }
  if (definition === undefined) return notAllowed(unknownVersion);
  return definition.request === undefined
    ? notAllowed(`${definition.name} declares no schema of its request, so an edited one could not be checked.`)
    : allowed;
}

function mayAnswer({ definition, undoes }: CaseEffect): Allowance {
  if (undoes) return allowed;
  if (definition === undefined) return notAllowed(unknownVersion);
  return definition.answer === undefined
    ? notAllowed(`${definition.name} declares no schema of its answer, so one given by hand could not be checked.`)
    : allowed;
}

function maySkip({ definition, undoes }: CaseEffect, phase: string | undefined): Allowance {
  if (undoes || phase === 'unwinding') return allowed;
  if (definition === undefined) return notAllowed(unknownVersion);
  return definition.ifSkipped === undefined
    ? notAllowed(`The flow needs what ${definition.name} answers: say by hand what came of it, or compensate.`)
    : allowed;
}

function mayCompensate({ flow, run }: CaseRecord, tables: Tables): Allowance {
  if (run === undefined) return notAllowed('There is no run whose steps could be undone.');
  if (run.phase === 'ended') return notAllowed('The run has ended.');
  if (run.phase === 'unwinding') return notAllowed('What was done is being undone already.');
  if (run.part !== undefined) return notAllowed(`${run.part} is under way: cancel it, or give that up first.`);
  const table = tables(flow, run.version);
  if (table === undefined) return notAllowed(unknownVersion);
  return table.abandonTo === undefined ? notAllowed(`${flow} cannot be given up once it has begun.`) : allowed;
}

function mayClose(record: CaseRecord, effect: CaseEffect | undefined, tables: Tables): Allowance {
  if (record.run !== undefined && tables(record.flow, record.run.version) === undefined)
    return notAllowed(unknownVersion);
  if (effect === undefined || record.run === undefined || record.run.phase === 'ended') return allowed;
  return notAllowed(
    'It stands for an effect that is not settled and closes by itself when that is: decide about the effect.',
  );
}

function aboutRun(record: CaseRecord, tables: Tables): Allowances {
  const effect = effectOf(record, tables);
  const parked = waiting(record, effect, tables);
  const when = (rule: (effect: CaseEffect) => Allowance): Allowance =>
    both(parked, () => (effect === undefined ? parked : rule(effect)));
  return {
    retry: parked,
    'edit-and-retry': when(mayEdit),
    answer: when(mayAnswer),
    'not-done': when(({ standing }) =>
      standing === 'in doubt: nobody knows' ? allowed : notAllowed('Its outcome is not in doubt.'),
    ),
    skip: when((found) => maySkip(found, record.run?.phase)),
    compensate: mayCompensate(record, tables),
    assign: allowed,
    escalate: allowed,
    note: allowed,
    close: mayClose(record, effect, tables),
  };
}

const noEffect = notAllowed('The case stands for a message and not for an effect.');

function aboutLetter(letter: Letter): Allowances {
  return {
    retry: allowed,
    'edit-and-retry':
      letter.schema === undefined && letter.kind === 'quarantined'
        ? notAllowed('Nothing of it could be read: have its sender send it anew.')
        : allowed,
    answer: noEffect,
    'not-done': noEffect,
    skip: allowed,
    compensate: noEffect,
    assign: allowed,
    escalate: allowed,
    note: allowed,
    close: notAllowed('It stands for a message that waits: retry or skip that, and it closes by itself.'),
  };
}

function whenClosed(because: string): Allowances {
  const no = notAllowed(`The case is closed: ${because}.`);
  return {
    retry: no,
    'edit-and-retry': no,
    answer: no,
    'not-done': no,
    skip: no,
    compensate: no,
    assign: no,
    escalate: no,
    note: allowed,
    close: no,
  };
}

/**
 * What may be done about a case now, and why not the rest. The engine and the letters' desk have the last word: between this look
 * and the act something may have happened.
 */
export function allowances(record: CaseRecord, tables: Tables, letter: Letter | undefined): Allowances {
  if (record.closedAt !== undefined) return whenClosed(record.closedBecause ?? 'its condition is gone');
  return letter === undefined ? aboutRun(record, tables) : aboutLetter(letter);
}
