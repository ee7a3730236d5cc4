import { fulfilment, orderNews, orderToCash } from '#business/flows';
import { millisecondsBetween } from '#model/kernel';
import type { CaseDetail as Detail, PastAct, CaseView as View } from '#platform/exceptions';
import type { CaseDetail, CaseSummary } from './case-schema.ts';

const told: ReadonlySet<string> = new Set([orderToCash.name, fulfilment.name, orderNews.name]);

/** Where the whole story of the business object is told; a fulfilment's number begins with its order's. */
function narrativeOf(flow: string, key: string): string | undefined {
  const [order = ''] = key.split('-');
  return told.has(flow) ? `/api/orders/v1/orders/${encodeURIComponent(order)}/narrative` : undefined;
}

const base = '/api/cases/v1/cases';

type Present<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** Without the members that are undefined. */
const present = <Members extends object>(members: Members): Present<Members> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<Members>;

/** A case in the API's words, as at this moment. */
export function caseSummary({ record, effect, allowances }: View, now: string, means?: string): CaseSummary {
  const { id, flow, key, fault, run } = record;
  const narrative = narrativeOf(flow, key);
  const until = record.closedAt ?? now;
  return {
    id,
    version: record.version,
    state: record.closedAt === undefined ? 'open' : 'closed',
    group: record.group,
    flow,
    key,
    cause: record.cause,
    summary: record.summary,
    severity: record.severity,
    level: record.level,
    openedAt: record.openedAt,
    ageSeconds: Math.max(0, Math.floor(millisecondsBetween(record.openedAt, until) / 1_000)),
    overdue: record.deadlineAt !== undefined && record.deadlineAt < until,
    actions: Object.entries(allowances).map(([action, allowance]) => ({ action, ...allowance })),
    links: { self: `${base}/${id}`, ...present({ narrative }) },
    ...present({
      closedAt: record.closedAt,
      closedBecause: record.closedBecause,
      customer: record.party,
      worth: record.worth,
      shipBy: record.dueBy,
      deadlineAt: record.deadlineAt,
      owner: record.owner,
      instance: record.instance,
      fault: fault && {
        kind: fault.kind,
        code: fault.code,
        message: fault.message,
        ...present({ said: fault.said }),
      },
      effect: effect && {
        key: effect.key,
        standing: effect.standing,
        undoes: effect.undoes,
        ...present({ name: effect.definition?.name }),
      },
      run: run && { state: run.state, phase: run.phase, ...present({ means }) },
    }),
  };
}

const actOf = ({ at, by, action, details, bulk, verdict, because }: PastAct) => ({
  at,
  by,
  action,
  ...details,
  ...present({ bulk, verdict, because }),
});

/** A case with all that is known of it, in the API's words. */
export function caseDetail(detail: Detail, now: string): CaseDetail {
  const { notes, acts, letter, request, effect, stateMeans } = detail;
  return {
    ...caseSummary(detail, now, stateMeans),
    notes: [...notes],
    acts: acts.map(actOf) as CaseDetail['acts'],
    ...present({
      message: letter && {
        kind: letter.kind,
        source: letter.source,
        cause: letter.cause,
        original: letter.original,
        attempts: letter.attempts,
        followers: letter.followers,
        ...present({ type: letter.type, receiver: letter.receiver }),
      },
      request,
      requestSchema: letter?.schema ?? effect?.definition?.request,
      answerSchema: effect?.definition?.answer,
    }),
  };
}
