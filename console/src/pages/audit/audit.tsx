import { useState } from 'react';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';
import { useAddress } from '../../parts/address.ts';
import { Empty } from '../../parts/empty.tsx';
import { type Filter, Filters } from '../../parts/filters.tsx';
import { useKeyset } from '../../parts/keyset.ts';
import { List } from '../../parts/list.tsx';
import { Page } from '../../parts/page.tsx';
import { type AuditEntry, auditColumns } from './audit-columns.tsx';
import { endOfDay, startOfDay } from './days.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { Verification } from './verification.tsx';

const filters: readonly Filter[] = [
  { kind: 'text', name: 'by', label: 'Who', placeholder: 'person:olga' },
  { kind: 'text', name: 'action', label: 'Action', placeholder: 'retry' },
  { kind: 'text', name: 'target', label: 'Done to', placeholder: 'lane: or case:…' },
  { kind: 'date', name: 'from', label: 'From' },
  { kind: 'date', name: 'to', label: 'To' },
];

/** What people and callers did, newest first, and whether it stands as it was written. */
export function Audit() {
  const { by, action, target, from, to } = useAddress();
  const [opened, setOpened] = useState<AuditEntry>();
  const filter = {
    ...(by === undefined ? {} : { by }),
    ...(action === undefined ? {} : { action }),
    ...(target === undefined ? {} : { target }),
    ...(from === undefined ? {} : { from: startOfDay(from) }),
    ...(to === undefined ? {} : { to: endOfDay(to) }),
  };
  const { rows, more, problem, retry } = useKeyset(['audit', 'list', filter], async (after) => {
    const query = { ...filter, ...(after === undefined ? {} : { after }) };
    const { entries, next } = await answered(client.GET('/api/audit/v1/entries', { params: { query } }));
    return { rows: entries, next };
  });
  return (
    <Page
      title="Audit"
      lede="Every act of a person or a caller, each chained to the one before it, so that nobody can change what was done."
      actions={<Verification />}
    >
      <Filters filters={filters} />
      <List
        label="Audit"
        columns={auditColumns(setOpened)}
        rows={rows}
        rowKey={({ target: done, seq }) => `${done} ${seq}`}
        more={more}
        problem={problem}
        retry={retry}
        empty={
          <Empty title="Nobody has done anything of that.">
            {Object.keys(filter).length === 0
              ? 'What people do to orders, cases, systems and people stands here.'
              : 'Take a filter away.'}
          </Empty>
        }
        expected={12}
      />
      <EntryDrawer entry={opened} onClose={() => setOpened(undefined)} />
    </Page>
  );
}
