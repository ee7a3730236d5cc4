/** A request that passed the door: known caller, allowed, well-formed. */
export interface ReadRequest<Params, Query> {
  /** The name of the system or team that the key belongs to; of a person, the user name. */
  readonly consumer: string;
  /** Who acts, as every record names them: `api:<consumer>` or `person:<user name>`. */
  readonly by: string;
  /** Names the key or the session by which the caller was proven, for records; it proves nothing. */
  readonly credential: string;
  /** The only warehouses that the caller may see anything of; absent: all. What is of none of them does not exist for the caller. */
  readonly sites?: readonly string[];
  /** Has the key this scope? For finer rules than the route's own. */
  readonly may: (scope: string) => boolean;
  readonly params: Params;
  readonly query: Query;
  /** How long the caller wishes to wait for a result, ms; 0: not at all. RFC 7240 `Prefer: wait`. */
  readonly waitMs: number;
  /** When it came in. */
  readonly now: string;
  /**
   * Aborts when the node closes: end waiting, answer with what there is. Of a stream it aborts as well when the caller has gone, or may
   * not listen any more.
   */
  readonly closing: AbortSignal;
}

/** The caller's name for one intent, from `Idempotency-Key`. */
export interface Intent {
  readonly key: string;
  /** The same for the same method, path and body; different for any other. */
  readonly fingerprint: string;
  /** This key and fingerprint were claimed before. Only where the gateway keeps the claim. */
  readonly repeated: boolean;
}

export interface WriteRequest<Params, Query, Body> extends ReadRequest<Params, Query> {
  readonly body: Body;
  readonly intent: Intent;
}
