import './form.css';
import { sentenceCase } from '../words/names.ts';
import { Button } from './button.tsx';
import { failureAt } from './field.tsx';
import type { FormPartProps, NamedPartProps } from './form-part.ts';
import { kindOf, pointerPart, startOf } from './json-schema.ts';
import { SimpleField } from './simple-field.tsx';

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

function ArrayPart({ schema, value, onChange, problem, path = '', label }: FormPartProps & { readonly label: string }) {
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const item = schema.items ?? {};
  const error = failureAt(problem, path);
  return (
    <fieldset className="form-group">
      <legend>{label}</legend>
      {items.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the members of an array are named by their place.
        <div className="form-item" key={at}>
          <FormPart
            schema={item}
            value={each}
            onChange={(next) => onChange(items.with(at, next))}
            problem={problem}
            path={`${path}/${at}`}
            label={`${label} ${at + 1}`}
            isRequired
          />
          <Button
            look="plain"
            aria-label={`Remove ${label} ${at + 1}`}
            onClick={() => onChange(items.toSpliced(at, 1))}
          >
            Remove
          </Button>
        </div>
      ))}
      {error === undefined ? null : <p className="field-error">{error}</p>}
      <Button disabled={items.length >= (schema.maxItems ?? 1_000)} onClick={() => onChange([...items, startOf(item)])}>
        Add
      </Button>
    </fieldset>
  );
}

function FormPart(props: NamedPartProps) {
  const { schema, value, onChange, problem, path = '', label, isRequired } = props;
  const kind = kindOf(schema);
  if (kind === 'array') return <ArrayPart {...props} />;
  if (kind !== 'object') return <SimpleField {...props} />;
  if (value === undefined && !isRequired) {
    return (
      <Button className="form-add" onClick={() => onChange(startOf(schema))}>
        Add {label.toLowerCase()}
      </Button>
    );
  }
  return (
    <fieldset className="form-group">
      <legend>{label}</legend>
      <Members schema={schema} value={value} onChange={onChange} problem={problem} path={path} />
      {isRequired ? null : (
        <Button look="plain" onClick={() => onChange(undefined)}>
          Leave out
        </Button>
      )}
    </fieldset>
  );
}

function Members({ schema, value, onChange, problem, path = '' }: FormPartProps) {
  const members = membersOf(value);
  return Object.entries(schema.properties ?? {}).map(([name, part]) => (
    <FormPart
      key={name}
      schema={part}
      value={members[name]}
      onChange={(next) => {
        const { [name]: _, ...others } = members;
        onChange(next === undefined ? others : { ...members, [name]: next });
      }}
      problem={problem}
      path={`${path}/${pointerPart(name)}`}
      label={part.title ?? sentenceCase(name)}
      isRequired={schema.required?.includes(name) ?? false}
    />
  ));
}

/**
 * The fields of a value that must fit a JSON Schema. The value is yours to keep; begin with `startOf(schema)`. What a field cannot be
 * made for is written as JSON.
 */
export function SchemaForm(props: FormPartProps) {
  return (
    <div className="form">
      {kindOf(props.schema) === 'object' ? (
        <Members {...props} />
      ) : (
        <FormPart {...props} label={props.schema.title ?? 'Value'} isRequired />
      )}
    </div>
  );
}
