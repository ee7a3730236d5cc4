import { type TSchema, Type } from 'typebox';

/**
 * The schema of a secret setting. In configuration it stands as `{ "env": "NAME" }` or `{ "file": "path" }`; whoever reads the
 * configuration (`readSettings`) puts the value in its place before `connect`.
 */
export const secret = (description: string) => Type.String({ minLength: 1, description, 'x-secret': true });

/** Is this the schema of a secret? */
export const isSecret = (schema: TSchema): boolean =>
  (schema as { readonly 'x-secret'?: unknown })['x-secret'] === true;
