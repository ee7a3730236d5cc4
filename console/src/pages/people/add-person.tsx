import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered } from '../../client/answered.ts';
import type { Writes } from '../../client/one-intent.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Field, failureAt } from '../../parts/field.tsx';
import { peopleQuery, sitesOf } from './person.ts';
import { type PersonDraft, PersonFields } from './person-fields.tsx';
import { type MadeLink, makeLink } from './sign-in-link.tsx';

interface AddPersonProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** They are there, and this is how they come in. */
  readonly onAdded: (link: MadeLink) => void;
}

const nobody: PersonDraft = { name: '', role: 'operator', sites: '' };

/** Adds somebody, who then comes in by a link. */
export function AddPerson({ isOpen, onClose, onAdded }: AddPersonProps) {
  const queries = useQueryClient();
  const [userName, setUserName] = useState('');
  const [draft, setDraft] = useState(nobody);
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    if (!isOpen) return;
    setUserName('');
    setDraft(nobody);
    setProblem(undefined);
  }, [isOpen]);

  async function add(client: Writes): Promise<void> {
    const { name, role } = draft;
    const sites = sitesOf(draft.sites);
    setProblem(undefined);
    try {
      const body = { userName: userName.trim(), name: name.trim(), role, ...(sites === undefined ? {} : { sites }) };
      const added = await answered(client.POST('/api/people/v1/people', { body }));
      await queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
      onAdded(await makeLink(added.userName, client));
    } catch (thrown) {
      setProblem(thrown);
      throw thrown;
    }
  }

  return (
    <Confirm
      title="Add somebody"
      isOpen={isOpen}
      onClose={onClose}
      does="Add"
      reason="none"
      isIncomplete={userName.trim() === '' || draft.name.trim() === ''}
      consequence="They get a link, by which they choose a password and come in."
      onConfirm={(_, client) => add(client)}
    >
      <Field
        label="User name"
        isRequired
        hint="Lower case, e.g. olga. It stands in every record of what they do."
        error={failureAt(problem, '/userName')}
      >
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            value={userName}
            onChange={({ target }) => setUserName(target.value)}
          />
        )}
      </Field>
      <PersonFields draft={draft} onChange={setDraft} problem={problem} isTold={false} />
    </Confirm>
  );
}
