import { deadline, type Line, type Table } from '#platform/engine';
import type { RecordedRun } from '../record/order-record.ts';

interface Deadline {
  readonly at: string;
  readonly consequence: string;
}

const words = (name: string): string => name.replaceAll('-', ' ');

/** A rule is asked ahead of its time: what it throws only says that it cannot be foretold. */
function foretell<Told>(ask: () => Told): Told | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

function consequence(
  { states }: Table,
  { to, unwindTo, open, tell }: Line,
  document: unknown,
  key: string,
  at: string,
) {
  const moment = { now: at, key, messageId: `deadline of ${key}` };
  const target = to ?? unwindTo;
  const opening = open && foretell(() => open(document, { state: '' }, moment));
  const isTold = tell !== undefined && (foretell(() => tell(document, { state: '' }, moment))?.length ?? 0) > 0;
  return [
    ...(target === undefined
      ? []
      : [
          `It ${unwindTo === undefined ? 'goes on to' : 'is undone, to'} ${words(target)}: ${states[target]?.means ?? ''}`,
        ]),
    ...(open === undefined ? [] : [`A case is opened${opening === undefined ? '.' : `: ${opening.summary}`}`]),
    ...(isTold ? ['Whoever follows the order is told.'] : []),
  ].join(' ');
}

/** What happens when the present deadline of a run is over, or did. Undefined where it has none. */
export function deadlineInWords({ run, key, lines }: RecordedRun, table: Table | undefined): Deadline | undefined {
  if (run === undefined || run.phase !== 'forward') return undefined;
  const rang = lines.findLast(
    ({ entry }) =>
      entry.kind === 'received' &&
      entry.message.type === deadline.name &&
      (entry.message.data as { readonly visit?: number }).visit === run.visit,
  );
  const at = run.dueAt ?? rang?.at;
  if (at === undefined) return undefined;
  const rules = (table?.states[run.state]?.on ?? []).filter(({ event }) => event.name === deadline.name);
  const moment = { now: at, key, messageId: `deadline of ${key}` };
  const rule = rules.find(
    (line) => line.if === undefined || foretell(() => line.if?.(run.document, {}, moment)) === true,
  );
  const text = table === undefined || rule === undefined ? '' : consequence(table, rule, run.document, key, at);
  return { at, consequence: text === '' ? 'Nothing by itself.' : text };
}
