import { Type } from 'typebox';

/** The ERP's own dials. */
export interface ErpDials {
  /** Share of writing calls (0 to 1) that end with a lock conflict, rolled back. */
  readonly conflictRate: number;
  /** How long a session stays fresh enough to post invoices, ms. */
  readonly sessionTimeoutMs: number;
  /** Calls that nobody has the right to at present, as RPC methods: somebody changed the rights, and will change them back. */
  readonly denied: readonly string[];
}

/** Their schemas and first values. */
export const erpDials = {
  schemas: {
    conflictRate: Type.Number({ minimum: 0, maximum: 1 }),
    sessionTimeoutMs: Type.Integer({ minimum: 0 }),
    denied: Type.Array(Type.String({ minLength: 1 })),
  },
  defaults: { conflictRate: 0, sessionTimeoutMs: 300_000, denied: [] } as ErpDials,
};
