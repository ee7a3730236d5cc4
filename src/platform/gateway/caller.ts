/** A caller who was proven: a key's consumer, or a person who has signed in. */
export interface Caller {
  /** Of the key, or of the session: for records. Never what proves it. */
  readonly keyId: string;
  readonly consumer: string;
  /** As every record names them: `api:<consumer>` or `person:<user name>`. */
  readonly by: string;
  readonly scopes: ReadonlySet<string>;
  /** The only warehouses that they may see anything of; absent: all. */
  readonly sites?: readonly string[];
}
