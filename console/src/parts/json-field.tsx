import { useState } from 'react';
import { Field, failureAt } from './field.tsx';
import type { NamedPartProps } from './form-part.ts';

const written = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, undefined, 2));

/** A value written as JSON. Told on only while it can be read. */
export function JsonField({ schema, value, onChange, problem, path = '', label, isRequired }: NamedPartProps) {
  const [text, setText] = useState(() => written(value));
  const [wrong, setWrong] = useState<string>();
  function take(next: string): void {
    setText(next);
    try {
      onChange(next.trim() === '' ? undefined : (JSON.parse(next) as unknown));
      setWrong(undefined);
    } catch (thrown) {
      setWrong(`This is not JSON yet: ${(thrown as Error).message}`);
    }
  }
  const hint = [schema.description, 'Written as JSON.'].filter(Boolean).join(' ');
  return (
    <Field label={label} hint={hint} error={wrong ?? failureAt(problem, path)} isRequired={isRequired}>
      {(control) => (
        <textarea
          {...control}
          className="code"
          spellCheck={false}
          value={text}
          onChange={({ target }) => take(target.value)}
        />
      )}
    </Field>
  );
}
