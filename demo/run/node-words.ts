/** What a node's process is told first; the next message, whatever it is, asks it to end. */
export interface NodeStart {
  readonly databaseUrl: string;
  readonly configuration: object;
  readonly port: number;
}

/** Its one answer. */
export type NodeWord = { readonly url: string } | { readonly failed: string };
