import { useQuery } from '@tanstack/react-query';
import { answered } from '../client/answered.ts';
import { client } from '../client/client.ts';
import { useMay } from '../client/me.ts';
import { count, counted } from '../words/count.ts';
import { caseGroupsQuery } from './case-groups.ts';

/** What waits for a person, by the place where it is dealt with. */
export type Waiting = Readonly<Record<string, { readonly text: string; readonly means: string } | undefined>>;

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
  const more = groups?.next === undefined ? '' : '+';
  return {
    Cases: open === 0 ? undefined : { text: `${count(open)}${more}`, means: `${counted(open, 'open case')}` },
    Approvals: mine === 0 ? undefined : { text: count(mine), means: `${counted(mine, 'decision')} for you` },
  };
}
