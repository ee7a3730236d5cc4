import { useState } from 'react';
import { Field, failureAt } from './field.tsx';
import type { NamedPartProps } from './form-part.ts';
import { Unreadable } from './unreadable.ts';

function written(value: unknown): string {
  if (value instanceof Unreadable) return value.text;
  return value === undefined ? '' : JSON.stringify(value, undefined, 2);
}

function read(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    return new Unreadable(text, (thrown as Error).message);
  }
}

/** A value written as JSON. While it cannot be read the value is `Unreadable`. */
export function JsonField({ schema, value, onChange, problem, path = '', label, isRequired }: NamedPartProps) {
  const [last, setLast] = useState({ text: written(value), value });
  // As it was written while it is what was written; a value from elsewhere as it is written usually.
  const text = Object.is(value, last.value) ? last.text : written(value);
  const hint = [schema.description, 'Written as JSON.'].filter(Boolean).join(' ');
  const wrong = value instanceof Unreadable ? `This is not JSON yet: ${value.because}` : failureAt(problem, path);
  return (
    <Field label={label} hint={hint} error={wrong} isRequired={isRequired}>
      {(control) => (
        <textarea
          {...control}
          className="code"
          spellCheck={false}
          value={text}
          onChange={({ target }) => {
            const next = read(target.value);
            setLast({ text: target.value, value: next });
            onChange(next);
          }}
        />
      )}
    </Field>
  );
}
