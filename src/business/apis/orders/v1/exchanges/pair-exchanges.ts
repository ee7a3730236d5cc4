import { runName } from '../narrative/run-journal.ts';
import type { EffectStanding, RecordedLine } from '../needs.ts';
import type { OrderRecord, RecordedRun } from '../record/order-record.ts';
import type { Asking, AskingStanding, Hearing, OrderExchange } from './order-exchange.ts';

/** Whose messages never left the house: the engine's echoes, runs among themselves, our own facts. */
const internal = /^(engine$|flow:|\/crossdock\/)/;

type Entry<Kind> = Extract<RecordedLine['entry'], { kind: Kind }>;
/** An asking while the journal that it stands in is gone through. */
type Growing = { -readonly [Name in keyof Asking]: Asking[Name] };

const idOf = (run: string, { seq }: RecordedLine): string => `${run.replace('/', ':')}:${seq}`;

function asking(run: string, line: RecordedLine, entry: Entry<'asked'>): Growing {
  const { name, occurrence, key, capability, request, instance, undoes } = entry;
  return {
    id: idOf(run, line),
    at: line.at,
    run,
    direction: 'out',
    system: instance ?? capability,
    name,
    occurrence,
    key,
    capability,
    undoes: undoes === true,
    standing: 'under way',
    ...(request === null || request === undefined ? {} : { request }),
  };
}

/** Settled without having been asked again: somebody said what came of it, or evidence came after all. */
function saidAfterwards(run: string, line: RecordedLine, before: Growing | undefined): Growing | undefined {
  if (before === undefined) return undefined;
  const { answer: _, fault: __, settledAt: ___, ...known } = before;
  return { ...known, id: idOf(run, line), at: line.at, standing: 'under way' };
}

function settle(found: Growing, { at }: RecordedLine, entry: Entry<'settled'>): void {
  found.settledAt = at;
  if (entry.outcome === 'done') {
    found.standing = entry.byHand === true ? 'done by hand' : 'done';
    if (entry.answer !== null && entry.answer !== undefined) found.answer = entry.answer;
  } else {
    found.standing = entry.outcome;
    found.fault = entry.fault;
  }
}

/** The calls of one run, in the order in which they were made, each with what came of it. */
function askingsOf(recorded: RecordedRun): readonly Growing[] {
  const run = runName(recorded);
  const all: Growing[] = [];
  const latest = new Map<string, Growing>();
  const put = (found: Growing): Growing => {
    all.push(found);
    latest.set(found.key, found);
    return found;
  };
  for (const line of recorded.lines) {
    const { entry } = line;
    if (entry.kind === 'asked') put(asking(run, line, entry));
    else if (entry.kind === 'settled') {
      const before = latest.get(entry.key);
      const isOpen = before !== undefined && before.settledAt === undefined;
      const found = isOpen ? before : saidAfterwards(run, line, before);
      if (found !== undefined) settle(isOpen ? found : put(found), line, entry);
    } else if (entry.kind === 'withdrawn' || entry.kind === 'skipped') {
      const found = latest.get(entry.key);
      if (found === undefined) continue;
      found.standing = entry.kind;
      found.settledAt = line.at;
    }
  }
  return all;
}

/** Where an open call stands, as its run and the engine say. */
function stand(
  found: Growing,
  { run }: RecordedRun,
  isLatest: boolean,
  standings: ReadonlyMap<string, EffectStanding>,
): Asking {
  const open = isLatest ? run?.open.find(({ key }) => key === found.key) : undefined;
  if (open === undefined) return found;
  const { visit } = open;
  if (open.parked === true) return { ...found, visit, standing: open.doubtful ? 'in doubt: nobody knows' : 'parked' };
  const standing: AskingStanding =
    found.settledAt === undefined ? (standings.get(found.key) ?? 'under way') : found.standing;
  return { ...found, visit, standing };
}

function hearing(run: string, line: RecordedLine, entry: Entry<'received'>): Hearing {
  const { id: key, source: system, type: name, data } = entry.message;
  const { verdict, because, original } = entry;
  return {
    ...{ id: idOf(run, line), at: line.at, run, direction: 'in', system, name, key, standing: verdict, data },
    ...(because === undefined ? {} : { because }),
    ...(original === undefined ? {} : { original }),
  };
}

/** What the order was begun with: the submission, as it was accepted. */
function beginning(recorded: RecordedRun, line: RecordedLine, { by }: Entry<'started'>): readonly Hearing[] {
  if (internal.test(by)) return [];
  const run = runName(recorded);
  const { given: data } = (recorded.run?.document ?? {}) as { readonly given?: unknown };
  const submitted = { name: 'order.submitted', key: recorded.key, system: by, standing: 'applied', data } as const;
  return [{ id: idOf(run, line), at: line.at, run, direction: 'in', ...submitted }];
}

/** The engine's echo of a call's end, which the call itself tells. */
const isEcho = (type: string, effects: ReadonlySet<string>): boolean =>
  effects.has(type.slice(0, type.lastIndexOf('.')));

/** A message that was kept for later stands in the journal twice: what became of it at last counts, and as it came at first. */
function hearingsOf(recorded: RecordedRun, effects: ReadonlySet<string>): readonly Hearing[] {
  const run = runName(recorded);
  const heard = new Map<string, Hearing>();
  for (const line of recorded.lines) {
    const { entry } = line;
    if (entry.kind === 'started') for (const each of beginning(recorded, line, entry)) heard.set(each.id, each);
    if (entry.kind !== 'received' || internal.test(entry.message.source)) continue;
    if (isEcho(entry.message.type, effects)) continue;
    const { original, ...found } = hearing(run, line, entry);
    const name = `${found.system} ${found.key}`;
    const before = heard.get(name);
    const first = before === undefined ? { id: found.id, at: found.at, original } : before;
    const asItCame = first.original === undefined ? {} : { original: first.original };
    heard.set(name, { ...found, id: first.id, at: first.at, ...asItCame });
  }
  return [...heard.values()];
}

const seqOf = ({ id }: OrderExchange): number => Number(id.slice(id.lastIndexOf(':') + 1));

/** Every call and message of an order, oldest first: each call with what came of it and where it stands now. */
export function pairExchanges({ runs, standings }: OrderRecord): readonly OrderExchange[] {
  const all = runs.flatMap((recorded): readonly OrderExchange[] => {
    const askings = askingsOf(recorded);
    const last = new Map(askings.map((each) => [each.key, each]));
    const stood = askings.map((each) => stand(each, recorded, last.get(each.key) === each, standings));
    const heard = hearingsOf(recorded, new Set(askings.map(({ name }) => name)));
    return [...heard, ...stood].sort((one, other) => seqOf(one) - seqOf(other));
  });
  return all.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}
