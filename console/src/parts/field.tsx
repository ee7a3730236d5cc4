import './field.css';
import { type ReactNode, useId } from 'react';
import { Problem } from '../client/problem.ts';

/** What a control of a field must carry, so that its label, hint and error belong to it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly required: boolean | undefined;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  /** Draws the control with what it must carry: `{(control) => <input {...control} …/>}`. */
  readonly children: (control: ControlProps) => ReactNode;
}

/** A labelled control with its hint and what is wrong with it. */
export function Field({ label, hint, error, isRequired = false, children }: FieldProps) {
  const id = useId();
  const described = [hint === undefined ? [] : `${id}-hint`, error === undefined ? [] : `${id}-error`].flat();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isRequired ? null : <span className="field-optional"> optional</span>}
      </label>
      {children({
        id,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
        'aria-invalid': error === undefined ? undefined : true,
        required: isRequired || undefined,
      })}
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** What a `Problem` says of the field at this JSON Pointer of the body; undefined when nothing. */
export function failureAt(problem: unknown, path: string): string | undefined {
  if (!(problem instanceof Problem)) return undefined;
  const found = problem.errors.filter((failure) => failure.in === undefined && failure.path === path);
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ');
}
