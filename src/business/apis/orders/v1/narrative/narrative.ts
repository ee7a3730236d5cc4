import { fulfilment } from '#business/flows';
import type { EffectStanding, OrderRun, RecordedLine } from '../needs.ts';
import { documentOf } from '../order-run.ts';
import { stateMeans } from '../view.ts';
import { inOrderOfCause } from './in-order-of-cause.ts';
import { isPassedThrough, type RunJournal, runName } from './run-journal.ts';
import { type Told, tell } from './sentence.ts';
import type { EffectLine, Narrative, Saying, StoryLine } from './story.ts';

type Entry = RecordedLine['entry'];

/** Sources that are not outside systems; facts are told by `/crossdock/flows/<flow>`. */
const ours = /^(engine$|flow:|api:|person:|\/crossdock\/)/;

/** The engine's own echo of an effect's end; the entry that settles it says the same. */
const isEcho = (entry: Entry): boolean =>
  entry.kind === 'received' &&
  entry.message.source === 'engine' &&
  /\.(done|refused|failed|withdrawn)$/.test(entry.message.type);

/** The fact that the news run hears was told by the order; what a fulfilment tells its order stands in its own journal just before. */
const isEchoOfRun = (source: string, runs: ReadonlySet<string>): boolean =>
  source.startsWith('/crossdock/') ||
  (source.startsWith(`flow:${fulfilment.name}/`) && runs.has(source.slice('flow:'.length)));

/** Another run of the story tells the same in its own journal, or the next line does. */
function isToldElsewhere({ flow }: RunJournal, entry: Entry, runs: ReadonlySet<string>): boolean {
  if (entry.kind === 'entered') return isPassedThrough(flow, entry.state);
  if (entry.kind === 'child-started') return runs.has(runName(entry));
  if (entry.kind === 'received') return entry.verdict === 'applied' && isEchoOfRun(entry.message.source, runs);
  if (entry.kind !== 'sent') return false;
  const { to } = entry.outgoing;
  return to === 'parent' ? runs.size > 1 : runs.has(runName(to));
}

/** Which system each effect was sent to, by key; its capability where that is not recorded. */
function systemsAsked(journals: readonly RunJournal[]): ReadonlyMap<string, string> {
  const systems = new Map<string, string>();
  for (const { lines } of journals) {
    for (const { entry } of lines) {
      if (entry.kind === 'asked') systems.set(entry.key, entry.instance ?? entry.capability);
    }
  }
  return systems;
}

interface Placed {
  readonly run: RunJournal;
  readonly line: RecordedLine;
  readonly told: Told;
}

function effectLines(journals: readonly RunJournal[], systems: ReadonlyMap<string, string>): Map<string, EffectLine> {
  const effects = new Map<string, EffectLine>();
  for (const run of journals) {
    for (const { entry } of run.lines) {
      if (entry.kind === 'asked') {
        const { name, occurrence, key, undoes } = entry;
        const system = systems.get(key);
        const who = { run: runName(run), name, occurrence, key, ...(system === undefined ? {} : { system }) };
        effects.set(key, { ...who, status: 'under way', ...(undoes === true ? { undoes } : {}) });
      }
      const known = 'key' in entry ? effects.get(entry.key) : undefined;
      if (known !== undefined && entry.kind === 'settled') effects.set(entry.key, { ...known, status: entry.outcome });
      if (known !== undefined && entry.kind === 'withdrawn') effects.set(entry.key, { ...known, status: 'withdrawn' });
    }
  }
  return effects;
}

/** What each outside system said last: by an answer, or by a message of its own. */
function lastSayings(placed: readonly Placed[], systems: ReadonlyMap<string, string>): readonly Saying[] {
  const latest = new Map<string, Saying>();
  for (const { line, told } of placed) {
    const { entry, at } = line;
    if (entry.kind === 'settled') {
      const system = systems.get(entry.key);
      const details = entry.outcome === 'done' ? entry.answer : entry.fault;
      if (system !== undefined) latest.set(system, { system, at, about: entry.name, said: told.summary, details });
    } else if (entry.kind === 'received' && !ours.test(entry.message.source)) {
      const { source: system, type: about, data: details } = entry.message;
      latest.set(system, { system, at, about, said: told.summary, details });
    }
  }
  return [...latest.values()].sort((a, b) => (a.system < b.system ? -1 : 1));
}

/** Tells the story of an order from its journals. `standings`: of the open effects. */
export function narrative(
  run: OrderRun,
  journals: readonly (RunJournal & { readonly run?: OrderRun })[],
  standings: ReadonlyMap<string, EffectStanding>,
): Narrative {
  const systems = systemsAsked(journals);
  const open = [run, ...journals.flatMap((journal) => journal.run ?? [])].flatMap((each) => each.open);
  const parked = new Set(open.filter((effect) => effect.parked === true).map(({ key }) => key));
  const runs = new Set(journals.map(runName));
  const document = documentOf(run);
  const systemOf = (key: string): string => systems.get(key) ?? 'a system';
  const placed: Placed[] = inOrderOfCause(journals)
    .filter((each) => !isEcho(each.line.entry) && !isToldElsewhere(each.run, each.line.entry, runs))
    .map((each) => ({ ...each, told: tell(each.run, each.line.entry, systemOf, document) }));
  const story: StoryLine[] = placed.map(({ run: journal, line, told }) => ({
    at: line.at,
    run: runName(journal),
    ...told,
    details: line.entry,
  }));
  const effects = [...effectLines(journals, systems).values()].map((effect): EffectLine => {
    if (parked.has(effect.key)) return { ...effect, status: 'parked' };
    if (effect.status !== 'under way') return effect;
    return { ...effect, status: standings.get(effect.key) ?? 'under way' };
  });
  return {
    orderNumber: run.key,
    state: run.state,
    stateMeans: stateMeans(run.state),
    story,
    effects,
    says: [...lastSayings(placed, systems)],
  };
}
