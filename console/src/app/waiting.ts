import { useQuery } from '@tanstack/react-query';
import { answered } from '../client/answered.ts';
import { client } from '../client/client.ts';
import { useMay } from '../client/me.ts';
import { count, counted } from '../words/count.ts';
import { caseGroupsQuery } from './case-groups.ts';

/** What waits for a person, by the place where it is dealt with. */
export type Waiting = Readonly<Record<string, { readonly text: string; readonly means: string } | undefined>>;

/** So many, or more where there is another page; undefined: none. */
const waits = (many: number, page: { readonly next?: string } | undefined, what: string, whose = '') =>
  many === 0 && page?.next === undefined
    ? undefined
    : { text: `${count(many)}${page?.next === undefined ? '' : '+'}`, means: `${counted(many, what)}${whose}` };

/** Counts what waits for a person. */
export function useWaiting(): Waiting {
  const mayCases = useMay('cases:read');
  const mayDecide = useMay('approvals:decide');
  const groups = useQuery({ ...caseGroupsQuery, enabled: mayCases }).data;
  const approvals = useQuery({
    queryKey: ['approvals', 'list', { state: 'pending' }],
    queryFn: () => answered(client.GET('/api/approvals/v1/approvals', { params: { query: { state: 'pending' } } })),
    enabled: mayDecide,
  }).data;
  const open = groups?.groups.reduce((sum, group) => sum + group.count, 0) ?? 0;
  const mine = approvals?.approvals.filter(({ mayDecide }) => mayDecide).length ?? 0;
  return { Cases: waits(open, groups, 'open case'), Approvals: waits(mine, approvals, 'decision', ' for you') };
}
