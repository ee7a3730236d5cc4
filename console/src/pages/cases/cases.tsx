import { Router } from '../../app/routes.ts';
import { changeAddress, useAddress } from '../../parts/address.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Filter, Filters } from '../../parts/filters.tsx';
import { useKeyset } from '../../parts/keyset.ts';
import { List } from '../../parts/list.tsx';
import { Page } from '../../parts/page.tsx';
import { Tabs, useTab } from '../../parts/tabs.tsx';
import { caseColumns } from './case-columns.tsx';
import { groupColumns } from './group-columns.tsx';
import { casesPage, groupsPage, narrowed } from './questions.ts';

const tabs = [
  { value: 'causes', title: 'By cause' },
  { value: 'open', title: 'All open' },
  { value: 'closed', title: 'Closed' },
] as const;

const causeFilters: readonly Filter[] = [
  { kind: 'text', name: 'cause', label: 'Cause' },
  { kind: 'text', name: 'instance', label: 'System' },
];
const caseFilters: readonly Filter[] = [
  ...causeFilters,
  { kind: 'text', name: 'customer', label: 'Customer' },
  { kind: 'text', name: 'owner', label: 'Owner' },
];
const openFilters: readonly Filter[] = [
  ...caseFilters,
  {
    kind: 'choice',
    name: 'severity',
    label: 'Severity',
    options: [
      { value: 'problem', label: 'Problem' },
      { value: 'warning', label: 'Warning' },
    ],
  },
  { kind: 'flag', name: 'overdue', label: 'Overdue' },
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
const openNames = openFilters.map(({ name }) => name);
const closedNames = caseFilters.map(({ name }) => name);

function Nothing({ names, children }: { readonly names: readonly string[]; readonly children: string }) {
  const address = useAddress();
  if (!names.some((name) => address[name] !== undefined)) return <Empty title={children} />;
  return (
    <Empty title="No case is like this.">
      <Button onClick={() => changeAddress(Object.fromEntries(names.map((name) => [name, undefined])))}>
        Show all
      </Button>
    </Empty>
  );
}

function Causes() {
  const filter = narrowed(useAddress(), ['cause', 'instance']);
  const { rows, more, problem, retry } = useKeyset(['cases', 'groups', filter], (after) => groupsPage(filter, after));
  return (
    <>
      <Filters filters={causeFilters} />
      <List
        label="Causes"
        columns={groupColumns}
        rows={rows}
        rowKey={({ group }) => group}
        rowLink={({ group }) => Router.CaseGroup({ group })}
        more={more}
        problem={problem}
        retry={retry}
        empty={<Nothing names={['cause', 'instance']}>Nothing waits for a person.</Nothing>}
      />
    </>
  );
}

function Cases({ state }: { readonly state: 'open' | 'closed' }) {
  const names = state === 'open' ? openNames : closedNames;
  const filter = { ...narrowed(useAddress(), names), ...(state === 'closed' ? { state } : {}) };
  const { rows, more, problem, retry } = useKeyset(['cases', 'list', filter], (after) => casesPage(filter, after));
  return (
    <>
      <Filters filters={state === 'open' ? openFilters : caseFilters} />
      <List
        label={state === 'open' ? 'Open cases' : 'Closed cases'}
        columns={caseColumns('all')}
        rows={rows}
        rowKey={({ id }) => id}
        rowLink={({ id }) => Router.Case({ caseId: id })}
        more={more}
        problem={problem}
        retry={retry}
        empty={
          <Nothing names={names}>
            {state === 'open' ? 'Nothing waits for a person.' : 'No case was closed yet.'}
          </Nothing>
        }
      />
    </>
  );
}

/** What waits for a person: by cause, because forty orders with one cause are one thing to mend. */
export function CasesPage() {
  const tab = useTab('state', tabs);
  return (
    <Page
      title="Cases"
      lede="What Crossdock cannot decide by itself. Mend the cause, then send all of it again at once."
    >
      <Tabs label="Lists of cases" name="state" tabs={tabs} />
      {tab === 'causes' ? <Causes /> : <Cases key={tab} state={tab === 'closed' ? 'closed' : 'open'} />}
    </Page>
  );
}
