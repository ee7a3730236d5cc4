import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { useAddress } from '../../parts/address.ts';
import { DueDay } from '../../parts/due-day.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Filter, Filters } from '../../parts/filters.tsx';
import { useKeyset } from '../../parts/keyset.ts';
import { List } from '../../parts/list.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Stat, Stats } from '../../parts/stat.tsx';
import { When } from '../../parts/when.tsx';
import { count } from '../../words/count.ts';
import { moneys } from '../../words/money.ts';
import { sentenceCase } from '../../words/names.ts';
import { BulkActs } from './bulk-act.tsx';
import { caseColumns } from './case-columns.tsx';
import { casesPage, type Group, groupQuestion, narrowed } from './questions.ts';

const filters: readonly Filter[] = [
  { kind: 'text', name: 'owner', label: 'Owner' },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Sort',
    unset: 'Nearest ship-by',
    options: [
      { value: 'worth', label: 'Dearest' },
      { value: 'age', label: 'Oldest' },
    ],
  },
];

function Figures({ group }: { readonly group: Group }) {
  return (
    <Stats>
      <Stat label="Cases" value={count(group.count)} note={`${count(group.unowned)} without an owner`} />
      <Stat label="At risk" value={moneys(group.worth)} />
      <Stat label="Oldest" value={<When at={group.oldest} shows="age" />} />
      <Stat label="Next ship-by" value={group.nextShipBy === undefined ? '–' : <DueDay by={group.nextShipBy} />} />
      <Stat label="Overdue" value={count(group.overdue)} {...(group.overdue > 0 ? { tone: 'bad' as const } : {})} />
    </Stats>
  );
}

/** All open cases of one cause, and what may be done to all of them at once. */
export function CaseGroup() {
  const name = Router.useRoute(['CaseGroup'])?.params.group ?? '';
  const { data: group, error, refetch } = useQuery(groupQuestion(name));
  const filter = { group: name, ...narrowed(useAddress(), ['owner', 'sort']) };
  const { rows, more, problem, retry } = useKeyset(['cases', 'list', filter], (after) => casesPage(filter, after));
  const cause = group?.cause ?? rows?.[0]?.cause;
  return (
    <Page
      title={cause === undefined ? 'A cause' : sentenceCase(cause)}
      lede={group ? (group.count === 1 ? group.sample.summary : `For example: ${group.sample.summary}`) : undefined}
      above={{ to: Router.Cases(), title: 'Cases' }}
      actions={group ? <BulkActs group={group} /> : undefined}
    >
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {group ? <Figures group={group} /> : null}
      <Filters filters={filters} />
      <List
        label="Cases of this cause"
        columns={caseColumns('one-cause')}
        rows={rows}
        rowKey={({ id }) => id}
        rowLink={({ id }) => Router.Case({ caseId: id })}
        more={more}
        problem={problem}
        retry={retry}
        empty={<Empty title="None of its cases is open any more." />}
      />
    </Page>
  );
}
