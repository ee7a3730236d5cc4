import type { JsonSchema } from './json-schema.ts';

/** What a part of a form made of a schema is given. */
export interface FormPartProps {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** What the server said of the whole; each failure is shown at its field. */
  readonly problem?: unknown;
  /** Where in the body the value stands, as a JSON Pointer. Default: it is the body. */
  readonly path?: string;
}

/** A part with its name. */
export interface NamedPartProps extends FormPartProps {
  readonly label: string;
  readonly isRequired: boolean;
}
