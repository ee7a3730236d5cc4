import type { Json } from '#model/kernel';
import type { Act, Performed, Performer } from '#platform/approvals';
import {
  type BulkActionName,
  type BulkDesk,
  type BulkPreview,
  type BulkRequest,
  type CaseAct,
  type CaseActionName,
  type CaseDesk,
  type CaseDetail,
  isRefused,
} from '#platform/exceptions';

/** What is asked about, of one case. */
const caseActs: readonly CaseActionName[] = ['compensate', 'answer', 'not-done'];
/** What may be asked about, of a whole group. */
const bulkActs: readonly BulkActionName[] = ['retry', 'skip', 'close'];

/** What came in as JSON is JSON. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

type CaseRequest = Pick<CaseAct, 'action' | 'version' | 'reason' | 'answer'> & { readonly case: string };
type GroupRequest = Pick<BulkRequest, 'action' | 'group' | 'reason' | 'sites' | 'atMost'>;

const said: Partial<Record<CaseActionName, (key: string, effect: string) => string>> = {
  compensate: (key) => `Give ${key} up and undo what was done`,
  answer: (key, effect) => `Say by hand what came of ${effect} for ${key}, and go on`,
  'not-done': (key, effect) => `Say that ${effect} for ${key} was not done, so that it is sent again`,
};

const atRisk = (worth: { readonly amount: string; readonly currency: string } | undefined): string =>
  worth === undefined ? '' : `; ${worth.amount} ${worth.currency} at risk`;

export const caseIntent = (key: string): string => `cases:act:${key}`;
export const bulkIntent = (key: string): string => `cases:bulk:${key}`;

/** An act about a case, to be asked about. */
export function caseAct(act: CaseAct, { record, effect }: CaseDetail, sites: readonly string[], key: string): Act {
  const { action, by, reason, version, answer } = act;
  const { id, worth } = record;
  const sentence =
    said[action]?.(record.key, effect?.definition?.name ?? 'what was asked') ?? `${action} ${record.key}`;
  const request: CaseRequest = { case: id, action, version, reason, ...(answer === undefined ? {} : { answer }) };
  return {
    what: `case.${action}`,
    target: `case:${id}`,
    summary: `${sentence}${atRisk(worth)}.`,
    ...(worth === undefined ? {} : { worth }),
    sites,
    by,
    reason,
    request: asJson(request),
    intent: caseIntent(key),
  };
}

/** A bulk, to be asked about: of so many cases as there are now, and no more. */
export function bulkAct(bulk: BulkRequest, preview: BulkPreview | undefined): Act {
  const { action, group, by, reason, sites, intent } = bulk;
  const { count = 0, allowed = 0, worth = [] } = preview ?? {};
  const request: GroupRequest = {
    action,
    group,
    reason,
    atMost: bulk.atMost ?? count,
    ...(sites === undefined ? {} : { sites }),
  };
  const sums = worth.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
  const [first] = worth;
  return {
    what: `bulk.${action}`,
    target: `group:${group}`,
    summary: `${action} ${allowed} cases of ${group}${sums === '' ? '' : `; ${sums} at risk`}.`,
    ...(first !== undefined && worth.length === 1 ? { worth: first } : {}),
    ...(sites === undefined ? {} : { sites }),
    by,
    reason,
    request: asJson(request),
    intent: bulkIntent(intent),
  };
}

const notDone = (because: string): Performed => ({ done: false, outcome: `Nothing was done: ${because}` });

/** How acts of this product are done once a second person has allowed them: once, with both names. */
export function casePerformers(cases: CaseDesk, bulks: BulkDesk): Readonly<Record<string, Performer>> {
  const aboutCase: Performer = async ({ id, askedBy, decidedBy, request }) => {
    const { case: of, ...act } = request as unknown as CaseRequest;
    const acted = await cases.act(of, { ...act, by: askedBy, approvedBy: decidedBy, intent: `approval:${id}` });
    if (isRefused(acted)) return notDone(acted.because);
    return acted.verdict === 'applied' ? { done: true, outcome: 'It was done.' } : notDone(acted.because);
  };
  const aboutGroup: Performer = async ({ id, askedBy, decidedBy, request }) => {
    const bulk = request as unknown as GroupRequest;
    const started = await bulks.start({ ...bulk, by: askedBy, approvedBy: decidedBy, intent: `approval:${id}` });
    if ('refused' in started) return notDone(started.because);
    return { done: true, outcome: `It began as bulk ${started.bulk.id}, of ${started.bulk.total} cases.` };
  };
  return Object.fromEntries([
    ...caseActs.map((action) => [`case.${action}`, aboutCase]),
    ...bulkActs.map((action) => [`bulk.${action}`, aboutGroup]),
  ]);
}
