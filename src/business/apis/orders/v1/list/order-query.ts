import { orderNumberKinds, orderToCash } from '#business/flows';
import { failed, ok, type Result } from '#model/kernel';
import type { Failure } from '#platform/gateway';
import type { RunQuery, Visibility } from '#platform/progress';
import type { OrderListQuery } from '../list-schema.ts';
import type { LocalDays } from './needs.ts';
import { type Listed, readPlace } from './place.ts';

const usualPage = 50;

const failure = (path: string, code: string, message: string): Failure => ({ in: 'query', code, path, message });

/** What cannot be asked together. */
function contradictions({ search, sort, phase, due, from, to }: OrderListQuery): readonly Failure[] {
  const isOpenOnly = sort !== undefined && sort !== 'newest';
  return [
    ...(search !== undefined && isOpenOnly
      ? [failure('/sort', 'not-sortable', 'What is searched for stands newest first: leave `sort` out.')]
      : []),
    ...(phase === 'ended' && isOpenOnly
      ? [failure('/sort', 'not-sortable', 'Ended orders stand newest first: leave `sort` out.')]
      : []),
    ...(phase === 'ended' && due !== undefined
      ? [failure('/due', 'not-due', 'An order that has ended is due no more: leave `due` or `phase` out.')]
      : []),
    ...(from !== undefined && to !== undefined && from > to
      ? [failure('/to', 'before-from', '`to` is before `from`: give the first day as `from`.')]
      : []),
  ];
}

/** Requested dates are kept as the end of that day in UTC, wherever the warehouse is. */
const dueDay = (date: string): string => `${date}T00:00:00.000Z`;

function dueBetween({ due }: OrderListQuery, days: LocalDays, now: string) {
  const today = days.dateOf(now);
  if (due === undefined) return {};
  if (due === 'overdue') return { dueBefore: dueDay(today) };
  return { dueFrom: dueDay(today), dueBefore: dueDay(days.later(today, 1)) };
}

/** What a caller asks of the list, in the words of the rows; or everything that is wrong with it. */
export function orderQuery(
  query: OrderListQuery,
  visible: Visibility,
  days: LocalDays,
  now: string,
): Result<{ readonly of: Listed; readonly asked: RunQuery }, Failure> {
  const wrong = contradictions(query);
  if (wrong.length > 0) return failed(wrong);
  const {
    search,
    state,
    phase,
    customer,
    item,
    site,
    channel,
    withCases,
    from,
    to,
    sort = 'newest',
    after,
    limit,
  } = query;
  const of = search === undefined ? sort : 'search';
  const place = after === undefined ? undefined : readPlace(of, after);
  if (place !== undefined && !place.ok) return place;
  const term = (kind: string, value: string | undefined) => (value === undefined ? [] : [{ kind, value }]);
  return ok({
    of,
    asked: {
      flow: orderToCash.name,
      visible,
      order: sort,
      search: search === undefined ? undefined : { text: search, kinds: orderNumberKinds },
      state,
      phase,
      terms: [...term('item', item), ...term('party', customer), ...term('site', site), ...term('channel', channel)],
      withCases: withCases === undefined ? undefined : true,
      startedFrom: from === undefined ? undefined : days.startOf(from),
      startedBefore: to === undefined ? undefined : days.startOf(days.later(to, 1)),
      ...dueBetween(query, days, now),
      after: place?.value,
      limit: limit === undefined ? usualPage : Number(limit),
    },
  });
}
