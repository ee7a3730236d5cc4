import type { TSchema } from 'typebox';

/** Who may call: a key or a person with this scope (`<product>:<what>`), or anyone. There is no default; without it nothing starts. */
export type Access = { readonly scope: string } | 'public';

/** What every route says of itself. */
export interface Described<Params extends TSchema, Query extends TSchema> {
  /** Kebab-case, unique in its API; the operation's id. */
  readonly name: string;
  /** Below the API's base, parameters in braces: `/things/{thing}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: Params;
  readonly query?: Query;
  /** Codes of the API's own problems that this route may answer with. */
  readonly problems: readonly string[];
}
