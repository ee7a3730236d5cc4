import './form.css';
import { sentenceCase } from '../words/names.ts';
import { Button } from './button.tsx';
import { type ControlProps, Field, failureAt } from './field.tsx';
import { JsonField } from './json-field.tsx';
import { choicesOf, type JsonSchema, kindOf, pointerPart, startOf } from './json-schema.ts';
import { Prose } from './prose.tsx';

interface FormPartProps {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** What the server said of the whole; each failure is shown at its field. */
  readonly problem?: unknown;
  /** Where in the body the value stands, as a JSON Pointer. Default: it is the body. */
  readonly path?: string;
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

/** A value that has no fields of its own. */
function Simple(props: FormPartProps & { readonly label: string; readonly isRequired: boolean }) {
  const { schema, value, onChange, problem, path = '', label, isRequired } = props;
  const kind = kindOf(schema);
  if (kind === 'json') return <JsonField {...props} />;
  const text = value === undefined || value === null ? '' : String(value);
  // An optional field that is emptied is left out: empty text is a value too.
  const take = (next: string): void => onChange(next === '' && !isRequired ? undefined : next);
  const control = (carried: ControlProps) => {
    if (kind === 'flag') {
      return (
        <input
          {...carried}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      );
    }
    if (kind === 'fixed') return <input {...carried} value={String(schema.const)} readOnly />;
    if (kind === 'choice') {
      const choices = choicesOf(schema) ?? [];
      return (
        <select
          {...carried}
          value={text}
          onChange={({ target }) => onChange(choices.find((choice) => String(choice) === target.value))}
        >
          <option value="">{isRequired ? 'Choose…' : '–'}</option>
          {choices.map((choice) => (
            <option key={String(choice)} value={String(choice)}>
              {String(choice)}
            </option>
          ))}
        </select>
      );
    }
    if (kind === 'number') {
      return (
        <input
          {...carried}
          type="number"
          step={schema.type === 'integer' ? 1 : 'any'}
          min={schema.minimum}
          max={schema.maximum}
          value={text}
          onChange={({ target }) => onChange(target.value === '' ? undefined : Number(target.value))}
        />
      );
    }
    if ((schema.maxLength ?? 0) >= 200) {
      return (
        <textarea
          {...carried}
          maxLength={schema.maxLength}
          value={text}
          onChange={({ target }) => take(target.value)}
        />
      );
    }
    return (
      <input
        {...carried}
        type={kind === 'date' ? 'date' : 'text'}
        maxLength={schema.maxLength}
        placeholder={schema.examples === undefined ? undefined : `e.g. ${String(schema.examples[0])}`}
        autoComplete="off"
        value={text}
        onChange={({ target }) => take(target.value)}
      />
    );
  };
  return (
    <Field
      label={label}
      hint={schema.description === undefined ? undefined : <Prose text={schema.description} />}
      error={failureAt(problem, path)}
      isRequired={isRequired}
    >
      {control}
    </Field>
  );
}

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

function FormPart(props: FormPartProps & { readonly label: string; readonly isRequired: boolean }) {
  const { schema, value, onChange, problem, path = '', label, isRequired } = props;
  const kind = kindOf(schema);
  if (kind === 'array') return <ArrayPart {...props} />;
  if (kind !== 'object') return <Simple {...props} />;
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
