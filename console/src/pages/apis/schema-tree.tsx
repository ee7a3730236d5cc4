import { useState } from 'react';
import type { JsonSchema } from '../../parts/json-schema.ts';
import { Prose } from '../../parts/prose.tsx';
import { membersOf, schemaWords } from './schema-words.ts';

function Member({
  name,
  schema,
  isRequired,
}: {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const hasMembers = Object.keys(membersOf(schema).properties).length > 0;
  return (
    <li>
      <p>
        {hasMembers ? (
          <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <code>{name}</code>
          </button>
        ) : (
          <code>{name}</code>
        )}{' '}
        <span className="muted">
          {schemaWords(schema)}
          {isRequired ? '' : ', optional'}
        </span>
      </p>
      {schema.description === undefined ? null : (
        <p>
          <Prose text={schema.description} />
        </p>
      )}
      {schema.examples === undefined ? null : (
        <p className="muted">
          e.g. <code>{JSON.stringify(schema.examples[0])}</code>
        </p>
      )}
      {isOpen ? <SchemaTree schema={schema} /> : null}
    </li>
  );
}

/** What a value must be, member by member; what has members of its own opens. */
export function SchemaTree({ schema }: { readonly schema: JsonSchema }) {
  const { properties, required } = membersOf(schema);
  const names = Object.keys(properties);
  if (names.length === 0) return <p className="muted">{schemaWords(schema)}</p>;
  return (
    <ul className="schema">
      {Object.entries(properties).map(([name, member]) => (
        <Member key={name} name={name} schema={member} isRequired={required.includes(name)} />
      ))}
    </ul>
  );
}
