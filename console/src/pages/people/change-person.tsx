import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered } from '../../client/answered.ts';
import type { Writes } from '../../client/one-intent.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { toast } from '../../parts/toast.tsx';
import { type Person, peopleQuery, sitesOf } from './person.ts';
import { type PersonDraft, PersonFields } from './person-fields.tsx';

interface ChangePersonProps {
  readonly person: Person | undefined;
  readonly onClose: () => void;
}

const draftOf = (person: Person): PersonDraft => ({
  name: person.name,
  role: person.role,
  sites: person.sites?.join(', ') ?? '',
});

/** Changes name, role or warehouses of somebody. */
export function ChangePerson({ person, onClose }: ChangePersonProps) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<PersonDraft>({ name: '', role: 'viewer', sites: '' });
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    if (person === undefined) return;
    setDraft(draftOf(person));
    setProblem(undefined);
  }, [person]);

  async function change(client: Writes): Promise<void> {
    if (person === undefined) return;
    const before = draftOf(person);
    setProblem(undefined);
    try {
      await answered(
        client.PATCH('/api/people/v1/people/{userName}', {
          params: { path: { userName: person.userName } },
          body: {
            ...(draft.name === before.name ? {} : { name: draft.name.trim() }),
            ...(draft.role === before.role ? {} : { role: draft.role }),
            ...(draft.sites === before.sites ? {} : { sites: sitesOf(draft.sites) ?? null }),
          },
        }),
      );
    } catch (thrown) {
      setProblem(thrown);
      throw thrown;
    }
    await queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
    toast(`${person.userName} is changed`);
  }

  return (
    <Confirm
      title={`Change ${person?.userName ?? ''}`}
      isOpen={person !== undefined}
      onClose={onClose}
      does="Change"
      reason="none"
      isIncomplete={
        person === undefined || JSON.stringify(draft) === JSON.stringify(draftOf(person)) || draft.name.trim() === ''
      }
      consequence="It is in force everywhere within a second, also where they are signed in."
      onConfirm={(_, client) => change(client)}
    >
      <PersonFields draft={draft} onChange={setDraft} problem={problem} isTold={person?.provider === 'oidc'} />
    </Confirm>
  );
}
