import './people.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../client/me.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { Page } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';
import { sentenceCase } from '../../words/names.ts';
import { AddPerson } from './add-person.tsx';
import { ChangePerson } from './change-person.tsx';
import { type Person, peopleQuery, roleMeans } from './person.ts';
import { PersonActions } from './person-actions.tsx';
import { type MadeLink, ShowLink } from './sign-in-link.tsx';

const columns: readonly Column<Person>[] = [
  {
    name: 'name',
    title: 'Name',
    wraps: true,
    cell: ({ name, userName, provider }) => (
      <>
        {name}
        <span className="person-name">
          {userName}
          {provider === 'oidc' ? ', proven by the identity provider' : ''}
        </span>
      </>
    ),
  },
  {
    name: 'role',
    title: 'Role',
    width: '8.5rem',
    cell: ({ role }) => <span title={roleMeans[role]}>{sentenceCase(role)}</span>,
  },
  {
    name: 'sites',
    title: 'Warehouses',
    width: '10rem',
    hideBelow: 'phone',
    cell: ({ sites }) =>
      sites === undefined ? (
        <span className="muted">all</span>
      ) : (
        <span title={sites.join(', ')}>{sites.join(', ')}</span>
      ),
  },
  {
    name: 'standing',
    title: 'Standing',
    width: '8rem',
    hideBelow: 'phone',
    cell: ({ disabled }) => (disabled ? <Badge tone="quiet">Disabled</Badge> : <Badge tone="good">May sign in</Badge>),
  },
  {
    name: 'last',
    title: 'Last came in',
    width: '8rem',
    hideBelow: 'wide',
    cell: ({ lastSignInAt }) =>
      lastSignInAt === undefined ? <span className="muted">never</span> : <When at={lastSignInAt} />,
  },
];

/** Who may sign in, as what, and for which warehouses. */
export function People() {
  const { data, error, refetch } = useQuery(peopleQuery);
  const may = useMay('people:manage');
  const [isAdding, setAdding] = useState(false);
  const [changed, setChanged] = useState<Person>();
  const [link, setLink] = useState<MadeLink>();
  const actions: Column<Person> = {
    name: 'actions',
    title: 'Actions',
    isTitleHidden: true,
    width: '15.5rem',
    align: 'end',
    cell: (person) => <PersonActions person={person} onChange={() => setChanged(person)} onLink={setLink} />,
  };
  return (
    <Page
      title="People"
      lede="Who may sign in, as what, and for which warehouses. What is done about them stands in the audit."
      actions={
        <Button
          look="primary"
          disabled={!may}
          title={may ? undefined : 'Administrators keep the people: it wants the scope people:manage.'}
          onClick={() => setAdding(true)}
        >
          Add somebody
        </Button>
      }
    >
      <List
        label="People"
        columns={may ? [...columns, actions] : columns}
        rows={data?.people}
        rowKey={({ userName }) => userName}
        problem={error}
        retry={() => void refetch()}
        empty={<Empty title="Nobody is here yet." />}
        expected={4}
      />
      <AddPerson isOpen={isAdding} onClose={() => setAdding(false)} onAdded={setLink} />
      <ChangePerson person={changed} onClose={() => setChanged(undefined)} />
      <ShowLink link={link} onClose={() => setLink(undefined)} />
    </Page>
  );
}
