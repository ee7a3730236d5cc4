import { type OrderFactData, orderFactTypes } from '#business/flows';
import type { OrderNews } from '#model/capabilities';
import { millisecondsBetween } from '#model/kernel';
import { type CellStanding, judged } from './cell.ts';
import type { Contradiction } from './contradiction.ts';
import type { Evidence } from './evidence.ts';
import { isDone, type Progress, worst } from './progress.ts';
import { roleOf } from './role.ts';

/** A fact goes to the run that tells the CRM within seconds; after this it has not arrived, ms. */
const mostOnTheWay = 60_000;

const facts: ReadonlySet<string> = new Set(Object.values(orderFactTypes));

interface Told {
  readonly at: string;
  readonly state: string;
  readonly trackingNumbers: readonly string[];
}

/** The latest that the order has told of itself. */
export function latestNews({ record }: Evidence): Told | undefined {
  const told = record.runs[0]?.lines.findLast(({ entry }) => entry.kind === 'told' && facts.has(entry.fact.type));
  if (told?.entry.kind !== 'told') return undefined;
  const { state, trackingNumbers } = told.entry.fact.data as OrderFactData;
  return { at: told.at, state, trackingNumbers };
}

export interface CrmView {
  readonly system: string;
  readonly shown?: Pick<OrderNews, 'state' | 'trackingNumbers'>;
  readonly asOf?: string;
  readonly state: CellStanding;
  readonly tracking: CellStanding;
  readonly contradictions: readonly Contradiction[];
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

/** The CRM's own words for the order: as it was last told and has taken it. Undefined for an order that no CRM knows. */
export function judgeCrm(evidence: Evidence): CrmView | undefined {
  const { demand, askings, asOf, progress } = evidence;
  const calls = askings.filter((each) => roleOf(each) === 'crm');
  const isFromCrm = demand.channel === 'crm' && demand.sourceReference !== undefined;
  if (!isFromCrm && calls.length === 0) return undefined;
  const system = calls.at(-1)?.system ?? demand.source;
  const taken = calls.findLast(isDone);
  const shown = taken?.request as OrderNews | undefined;
  const news = latestNews(evidence);
  const isUnderWay = worst(calls.map(progress));
  const isOnTheWay = news !== undefined && millisecondsBetween(news.at, asOf) <= mostOnTheWay;
  const towards: Progress = isUnderWay === 'settled' ? (isOnTheWay ? 'in-flight' : 'silent') : isUnderWay;
  const state = judged(news === undefined || shown?.state === news.state, towards);
  const tracking = judged(news === undefined || isSame(shown?.trackingNumbers ?? [], news.trackingNumbers), towards);
  // A call that failed, or takes too long, is told with all the other calls.
  const isLost = isUnderWay === 'settled' && (state === 'silent' || tracking === 'silent');
  return {
    system,
    ...(shown === undefined ? {} : { shown }),
    ...(taken?.settledAt === undefined ? {} : { asOf: taken.settledAt }),
    state,
    tracking,
    contradictions: isLost && news !== undefined ? [lost(system, shown?.state, news)] : [],
  };
}

const lost = (system: string, shown: string | undefined, { at, state }: Told): Contradiction => ({
  property: 'state',
  says: `${system} shows ${shown === undefined ? 'nothing of the order' : `"${shown}"`}; the order is "${state}", and nothing is under way to say so.`,
  missing: {
    message: 'news to the CRM',
    from: 'crossdock',
    to: system,
    since: at,
    whatToDo: 'See the dead letters of the reactions: the news was not handed on. Try it again there.',
  },
});
