import { Field, failureAt } from '../../parts/field.tsx';
import { sentenceCase } from '../../words/names.ts';
import { type Role, roleMeans } from './person.ts';

/** What of somebody can be written. */
export interface PersonDraft {
  readonly name: string;
  readonly role: Role;
  /** As it is written: `NORTH, SOUTH`. */
  readonly sites: string;
}

interface PersonFieldsProps {
  readonly draft: PersonDraft;
  readonly onChange: (draft: PersonDraft) => void;
  readonly problem: unknown;
  /** The identity provider says role and warehouses. */
  readonly isTold: boolean;
}

/** Name, role and warehouses of somebody. */
export function PersonFields({ draft, onChange, problem, isTold }: PersonFieldsProps) {
  const told = isTold ? 'The identity provider says it.' : undefined;
  return (
    <>
      <Field label="Name" isRequired error={failureAt(problem, '/name')}>
        {(control) => (
          <input
            {...control}
            maxLength={80}
            value={draft.name}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
        )}
      </Field>
      <Field label="Role" isRequired hint={told ?? `${roleMeans[draft.role]}.`} error={failureAt(problem, '/role')}>
        {(control) => (
          <select
            {...control}
            disabled={isTold}
            value={draft.role}
            onChange={({ target }) => onChange({ ...draft, role: target.value as Role })}
          >
            {Object.keys(roleMeans).map((role) => (
              <option key={role} value={role}>
                {sentenceCase(role)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label="Warehouses"
        hint={told ?? 'Sees only what these have a part of, e.g. NORTH, SOUTH. Nothing written: all.'}
        error={failureAt(problem, '/sites') ?? failureAt(problem, '/sites/0') ?? failureAt(problem, '/sites/1')}
      >
        {(control) => (
          <input
            {...control}
            disabled={isTold}
            autoComplete="off"
            value={draft.sites}
            onChange={({ target }) => onChange({ ...draft, sites: target.value })}
          />
        )}
      </Field>
    </>
  );
}
