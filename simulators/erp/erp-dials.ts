import { Type } from 'typebox';

/** The ERP's own dials. */
export interface ErpDials {
  /** Share of writing calls (0 to 1) that end with a lock conflict, rolled back. */
  readonly conflictRate: number;
  /** How long a session stays fresh enough to post invoices, ms. */
  readonly sessionTimeoutMs: number;
}

/** Their schemas and first values. */
export const erpDials = {
  schemas: {
    conflictRate: Type.Number({ minimum: 0, maximum: 1 }),
    sessionTimeoutMs: Type.Integer({ minimum: 0 }),
  },
  defaults: { conflictRate: 0, sessionTimeoutMs: 300_000 } as ErpDials,
};
