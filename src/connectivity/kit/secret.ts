import { Type } from 'typebox';

/**
 * The schema of a secret setting. In configuration it stands as `{ "env": "NAME" }` or `{ "file": "path" }`; whoever reads the
 * configuration puts the value in its place before `connect`.
 */
export const secret = (description: string) => Type.String({ minLength: 1, description, 'x-secret': true });
