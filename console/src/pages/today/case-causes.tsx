import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { caseGroupsQuery } from '../../app/case-groups.ts';
import { Router } from '../../app/routes.ts';
import type { AnswerOf } from '../../client/answer-of.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { Section } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';
import { count } from '../../words/count.ts';
import { moneys, shortMoney } from '../../words/money.ts';
import { sentenceCase } from '../../words/names.ts';

type Group = AnswerOf<'/api/cases/v1/groups'>['groups'][number];

/** So many groups have room here. */
const shown = 6;

const columns: readonly Column<Group>[] = [
  {
    name: 'cause',
    title: 'Cause',
    width: '12rem',
    cell: ({ cause }) => <span title={cause}>{sentenceCase(cause)}</span>,
  },
  {
    name: 'summary',
    title: 'Its most urgent',
    hideBelow: 'phone',
    cell: ({ sample }) => (
      <span className="muted" title={sample.summary}>
        {sample.summary}
      </span>
    ),
  },
  {
    name: 'concerns',
    title: 'Concerns',
    width: '8rem',
    hideBelow: 'wide',
    cell: ({ instance, flow }) => <span title={instance ?? flow}>{instance ?? sentenceCase(flow)}</span>,
  },
  { name: 'count', title: 'Cases', align: 'end', width: '4rem', cell: (group) => count(group.count) },
  {
    name: 'worth',
    title: 'At risk',
    align: 'end',
    width: '6rem',
    cell: ({ worth }) => <span title={moneys(worth)}>{moneys(worth, shortMoney)}</span>,
  },
  { name: 'oldest', title: 'Oldest', width: '6.5rem', cell: ({ oldest }) => <When at={oldest} shows="age" /> },
  {
    name: 'overdue',
    title: 'Overdue',
    width: '5.5rem',
    hideBelow: 'phone',
    cell: ({ overdue }) =>
      overdue === 0 ? <span className="muted">none</span> : <Badge tone="bad">{count(overdue)}</Badge>,
  },
];

/** The open cases by cause. */
export function CaseCauses() {
  const { data, error, refetch } = useQuery(caseGroupsQuery);
  const groups = data?.groups.slice(0, shown);
  return (
    <Section title="Open cases by cause" aside={<Link to={Router.Cases()}>All cases</Link>}>
      <List
        label="Open cases by cause"
        columns={columns}
        rows={groups}
        rowKey={({ group }) => group}
        rowLink={({ group }) => Router.CaseGroup({ group })}
        problem={error}
        retry={() => void refetch()}
        empty={<Empty title="No case is open: nothing waits for a person." />}
        expected={4}
        hasKeys={false}
      />
    </Section>
  );
}
