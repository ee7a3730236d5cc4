import type { Observed } from '../drive/observed.ts';
import type { IncidentKind } from '../plan/plan.ts';
import type { Report } from '../report/report.ts';
import { storyIn } from '../report/stages.ts';
import { cut, durationText, width } from './table.ts';

/** The most telling first. */
const telling: readonly IncidentKind[] = [
  'two-warehouses',
  'price-moved',
  'short-pick',
  'erp-loses-confirm',
  'erp-loses-create',
  'cancellation-refused',
  'credit-released',
  'part-shipments',
];

/** The order whose story is worth reading: one that went otherwise than foreseen, else one with a good incident. */
export function mostTelling(observed: readonly Observed[], { differences }: Report): Observed | undefined {
  const numbers = new Set(differences.map(({ orderNumber }) => orderNumber));
  const odd = observed.find(({ orderNumber }) => orderNumber !== undefined && numbers.has(orderNumber));
  if (odd !== undefined) return odd;
  const ended = observed.filter(({ orderNumber, state }) => orderNumber !== undefined && state === 'completed');
  for (const kind of telling) {
    const found = ended.find(({ incident }) => incident === kind);
    if (found !== undefined) return found;
  }
  return ended.find(({ incident }) => incident !== undefined) ?? ended[0];
}

/** Longer stories are cut; the API tells all of it. */
const mostLines = 160;

/** Its own runs talking to each other are the platform's voice. */
const voice = (who: string): string => (who.startsWith('flow:') ? 'crossdock' : who);

/** One order's narrative, line by line, with the time since its beginning. */
export function storyLines({ orderNumber, incident }: Observed, narrative: unknown): readonly string[] {
  const story = storyIn(narrative);
  const [first] = story;
  if (first === undefined) return [];
  const about = incident === undefined ? '' : ` (${incident.replaceAll('-', ' ')})`;
  const whoWidth = Math.min(20, Math.max(...story.map(({ who }) => voice(who).length)));
  const lines = story.slice(0, mostLines).map(({ at, who, summary }) => {
    const since = `+${durationText(Date.parse(at) - Date.parse(first.at))}`.padStart(9);
    return cut(`  ${since}  ${cut(voice(who), whoWidth).padEnd(whoWidth)}  ${summary.replaceAll('\n', ' ')}`, width);
  });
  const more = story.length > mostLines ? [`            … and ${story.length - mostLines} more lines`] : [];
  return ['', `  The story of order ${orderNumber}${about}`, `  ${'─'.repeat(width - 4)}`, ...lines, ...more];
}
