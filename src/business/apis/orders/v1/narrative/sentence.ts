import { fulfilment, type OrderDocument, orderToCash } from '#business/flows';
import type { FaultRecord } from '#model/kernel';
import type { RecordedLine } from '../needs.ts';
import { messageSentence } from './message-sentence.ts';
import { meaning, type RunJournal } from './run-journal.ts';
import type { StoryLine } from './story.ts';

type Entry = RecordedLine['entry'];
export type Told = Pick<StoryLine, 'what' | 'who' | 'summary'>;

/** Who did what nobody else did. */
export const ourselves = 'crossdock';

const words = (name: string): string => name.replaceAll('-', ' ').replaceAll(/\berp\b/g, 'ERP');
const beginning = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
/** What happens once, or for the first time, needs no number. */
const occasion = (occurrence: string): string => (['once', '1'].includes(occurrence) ? '' : ` (${occurrence})`);
const why = ({ message, code }: FaultRecord): string => `${message} (${code})`;

function effectSentence(
  entry: Extract<Entry, { kind: 'asked' | 'settled' | 'withdrawn' | 'skipped' }>,
  system: string,
): Told {
  const effect = `${'undoes' in entry && entry.undoes === true ? 'undo ' : ''}${words(entry.name)}${occasion(entry.occurrence)}`;
  const effectOf = (who: string, summary: string): Told => ({ what: 'effect', who, summary });
  if (entry.kind === 'asked') return effectOf(ourselves, `Asked ${system} to ${effect}.`);
  if (entry.kind === 'withdrawn') return effectOf(ourselves, `Withdrew "${effect}" before it was sent.`);
  if (entry.kind === 'skipped') return effectOf(ourselves, `Went on without "${effect}".`);
  if (entry.outcome === 'done') return effectOf(system, `Done by ${system}: ${effect}.`);
  if (entry.outcome === 'refused') return effectOf(system, `${system} refused to ${effect}: ${why(entry.fault)}`);
  return effectOf(system, `${system} did not ${effect}: ${why(entry.fault)}`);
}

const ofOrder: ReadonlySet<string> = new Set([orderToCash.name, fulfilment.name]);

/** The order and its fulfilments by their numbers; what only speaks of them has the order's number, and says what it is. */
const nameOf = ({ flow, key }: RunJournal): string => (ofOrder.has(flow) ? key : `${words(flow)} ${key}`);

/** How a sentence about a run begins. */
const titleOf = ({ flow, key }: RunJournal): string =>
  `${flow === orderToCash.name ? 'Order' : beginning(words(flow))} ${key}`;

/** What one journal entry says, as one would tell it. `system`: who an effect's key was sent to. */
export function tell(
  run: RunJournal,
  entry: Entry,
  system: (key: string) => string,
  document: Partial<OrderDocument> = {},
): Told {
  const by = (what: Told['what'], summary: string, who = ourselves): Told => ({ what, who, summary });
  switch (entry.kind) {
    case 'started':
      return by('run', `${titleOf(run)} began, started by ${entry.by}.`, entry.by);
    case 'received':
      return messageSentence(entry, document);
    case 'entered':
      return by('state', `${nameOf(run)} is ${words(entry.state)}: ${meaning(run.flow, entry.state)}`);
    case 'asked':
    case 'settled':
    case 'withdrawn':
    case 'skipped':
      return effectSentence(entry, system(entry.key));
    case 'told':
      return by('fact', `Told everyone who listens: ${entry.fact.type}.`);
    case 'sent': {
      const { to, type } = entry.outgoing;
      return by('message', `Sent ${type} to ${to === 'parent' ? 'the order' : `${words(to.flow)} ${to.key}`}.`);
    }
    case 'child-started':
      return by('run', `Started ${words(entry.flow)} ${entry.key}.`);
    case 'case-opened': {
      const { cause, summary } = entry.opening;
      return by(/^(order-held|hold-)/.test(cause) ? 'hold' : 'case', `Case "${cause}" opened: ${summary}`);
    }
    case 'case-closed':
      return by('case', `Case "${entry.cause}" closed: ${entry.because}.`);
    case 'migrated':
      return by('run', `Goes on by version ${entry.to} of ${words(run.flow)}, in ${words(entry.state)}.`);
    case 'unwinding':
      return by('state', `What was done is being undone, newest first; then it is ${words(entry.to)}.`);
    case 'ended':
      return by('run', `${titleOf(run)} ended: ${entry.ending}.`);
    default:
      return entry satisfies never;
  }
}
