import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** Bad input to a simulator, one line per thing that is wrong. */
export interface Complaint {
  readonly complaints: readonly string[];
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: unknown;
}

const named = (error: SchemaError, member: 'requiredProperties' | 'additionalProperties'): readonly string[] =>
  (error.params as Record<string, readonly string[]>)[member] ?? [];

function complaintsOf(error: SchemaError): readonly string[] {
  if (error.keyword === 'boolean') return [];
  if (error.keyword === 'required') {
    return named(error, 'requiredProperties').map((name) => `${error.instancePath}/${name}: is missing`);
  }
  if (error.keyword === 'additionalProperties') {
    return named(error, 'additionalProperties').map(
      (name) => `${error.instancePath}/${name}: is not known here; remove it or correct its name`,
    );
  }
  return [`${error.instancePath === '' ? '/' : error.instancePath}: ${error.message}`];
}

/** Makes a check of one schema: answers the value with its type, or a line per failure, each beginning with the path of the member. */
export function createCheck<Schema extends TSchema>(
  schema: Schema,
): (input: unknown) => { readonly value: Static<Schema> } | Complaint {
  const validator = Compile(schema);
  return (input) => {
    if (validator.Check(input)) return { value: input as Static<Schema> };
    return { complaints: validator.Errors(input).flatMap(complaintsOf) };
  };
}
