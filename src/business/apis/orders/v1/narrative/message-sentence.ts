import { CancelRequested, ChangeRequested, HoldReleased, type OrderDocument } from '#business/flows';
import type { JournalEntry } from '#platform/engine';
import { cancellationSentence, verdictSentence, wishInWords } from './change-sentence.ts';
import { decisionSentence } from './decision-sentence.ts';
import type { StoryLine } from './story.ts';
import { warehouseSentence } from './warehouse-sentence.ts';

type Received = Extract<JournalEntry, { kind: 'received' }>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const member = (data: unknown, name: string): string => (isObject(data) ? String(data[name] ?? '') : '');

const consequence = ({ verdict, because }: Received): string => {
  const reason = because === undefined ? '' : ` because ${because}`;
  switch (verdict) {
    case 'applied':
      return '';
    case 'deferred':
      return ` It is kept for later${reason}.`;
    case 'ignored':
      return ` It changes nothing here${reason}.`;
    case 'unexpected':
      return ` Nobody expected it${reason}.`;
    default:
      return verdict satisfies never;
  }
};

/** A message as one would tell it: who said what, and what came of it. Decisions of people are told as theirs. */
export function messageSentence(
  entry: Received,
  document: Partial<OrderDocument>,
): Pick<StoryLine, 'what' | 'who' | 'summary'> {
  const { type, source, data, id, at } = entry.message;
  const tail = consequence(entry);
  if (type === HoldReleased.name) {
    const who = member(data, 'releasedBy') || source;
    const summary = `${who} released hold ${member(data, 'hold')}: ${member(data, 'reason')}.${tail}`;
    return { what: 'hold', who, summary };
  }
  if (type === CancelRequested.name) {
    const who = member(data, 'requestedBy') || source;
    return {
      what: 'person',
      who,
      summary: `${who} asked to cancel: ${member(data, 'reason')}.${tail}${cancellationSentence(document, at)}`,
    };
  }
  if (type === ChangeRequested.name) {
    const who = member(data, 'requestedBy') || source;
    const wish = `${who} asked for a change${wishInWords(document, id)}; ${member(data, 'reason')}.`;
    return { what: 'person', who, summary: `${wish}${tail}${verdictSentence(document, id)}` };
  }
  const person = source.replace(/^person:/, '');
  const decision = decisionSentence(type, person, data);
  if (decision !== undefined) return { what: 'person', who: source, summary: `${decision}${tail}` };
  if (source.startsWith('flow:')) {
    const from = source.slice('flow:'.length).replace('/', ' ').replaceAll('-to-', ' to ');
    return { what: 'message', who: source, summary: `${from} told ${type.replaceAll(/[.-]/g, ' ')}.${tail}` };
  }
  const heard = warehouseSentence(source, type, data);
  if (heard !== undefined) return { what: 'message', who: source, summary: `${heard}${tail}` };
  if (type === 'deadline') {
    const summary = `The time for "${member(data, 'state')}" was over.${tail}`;
    return { what: 'message', who: source, summary };
  }
  return {
    what: source.startsWith('person:') ? 'person' : 'message',
    who: source,
    summary: `${source} said ${type}.${tail}`,
  };
}
