import { type Static, Type } from 'typebox';
import { CurrencyCode, closed, DecimalText, Identifier } from '#model/canonical';
import { failed, ok, type Result } from '#model/kernel';
import type { CaseOrder, CaseQuery } from '#platform/exceptions';
import { type Failure, readRoute } from '#platform/gateway';
import { CaseSummary } from './case-schema.ts';
import { caseSummary } from './case-view.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { GroupName, PageSize, Person, yes } from './members.ts';
import type { CasesNeeds } from './needs.ts';

const optional = Type.Optional;
const BusinessKey = Identifier('The business object.', 100);
const Query = Type.Object(
  {
    state: optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])),
    sort: optional(
      Type.Union([Type.Literal('shipBy'), Type.Literal('worth'), Type.Literal('age')], {
        description:
          'Open ones: the nearest ship-by first (the default), the dearest, or the oldest. Closed ones: latest first.',
      }),
    ),
    cause: optional(Identifier('The cause.', 100)),
    group: optional(GroupName),
    flow: optional(Identifier('The flow.')),
    key: optional(
      Type.Union([BusinessKey, Type.Array(BusinessKey, { minItems: 1, maxItems: 100 })], {
        description: 'The business object. Given several times: any of them.',
      }),
    ),
    customer: optional(Identifier('The customer.')),
    owner: optional(Person),
    unowned: optional(yes),
    instance: optional(Identifier('The outside system.')),
    severity: optional(Type.Union([Type.Literal('problem'), Type.Literal('warning')])),
    minimumWorth: optional(DecimalText),
    currency: optional(CurrencyCode),
    overdue: optional(yes),
    after: optional(Type.String({ maxLength: 300, description: '`next` of the page before.' })),
    limit: optional(PageSize),
  },
  closed,
);
type Query = Static<typeof Query>;

const moment = /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00)$/;
const number = /^-?\d{1,20}(\.\d{1,10})?$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const usualPage = 50;

function caseQuery(query: Query, now: string, sites: readonly string[] | undefined): Result<CaseQuery, Failure> {
  const { state = 'open', sort, key, customer: party, unowned, overdue, after, limit, ...same } = query;
  const order: CaseOrder = state === 'closed' ? 'closed' : (sort ?? 'shipBy');
  if (state === 'closed' && sort !== undefined) {
    const message = 'Closed cases stand latest first: leave `sort` out.';
    return failed([{ in: 'query', code: 'not-sortable', path: '/sort', message }]);
  }
  const asked: CaseQuery = {
    ...same,
    order,
    key: key === undefined ? undefined : [key].flat(),
    party,
    sites,
    unowned: unowned === undefined ? undefined : true,
    overdueAt: overdue === undefined ? undefined : now,
    limit: limit === undefined ? usualPage : Number(limit),
  };
  if (after === undefined) return ok(asked);
  const read = readCursor(after, [new RegExp(`^${order}$`), order === 'worth' ? number : moment, id]);
  if (!read.ok) return read;
  const [, place = '', last = ''] = read.value;
  return ok({ ...asked, after: { place, id: last } });
}

export const listCases = readRoute<CasesNeeds>()({
  name: 'listCases',
  path: '/cases',
  summary: 'List cases, page by page',
  description: 'Give `next` of a page as `after` to have the one that follows; it is absent on the last.',
  access: { scope: 'cases:read' },
  query: Query,
  answers: {
    ok: Type.Object({ cases: Type.Array(CaseSummary), next: optional(Type.String()) }, closed),
  },
  problems: [],
  handle: async ({ query, now, sites }, { cases }) => {
    const asked = caseQuery(query, now, sites);
    if (!asked.ok) {
      return { problem: 'invalid-request', detail: asked.failures[0]?.message ?? '', errors: asked.failures };
    }
    const page = await cases.list(asked.value);
    const next = page.next && { next: writeCursor([asked.value.order, page.next.place, page.next.id]) };
    return { outcome: 'ok', body: { cases: page.cases.map((view) => caseSummary(view, now)), ...next } };
  },
});
