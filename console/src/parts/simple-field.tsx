import { type ControlProps, Field, failureAt } from './field.tsx';
import type { NamedPartProps } from './form-part.ts';
import { JsonField } from './json-field.tsx';
import { choicesOf, kindOf } from './json-schema.ts';
import { Prose } from './prose.tsx';

/** A value that has no fields of its own. */
export function SimpleField(props: NamedPartProps) {
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
