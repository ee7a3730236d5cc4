import { type Static, Type } from 'typebox';
import { closed, DecimalText, Identifier, InstantText, UnitCode } from '#model/canonical';
import { type Call, defineCapability, type Inquiry } from '#model/kernel';
import type { Frozen } from './frozen.ts';
import { Booking } from './sales-orders.ts';

export const GoodsIssueRequest = Type.Object(
  {
    booking: Booking,
    site: Identifier('Warehouse.', 20),
    shipmentNumber: Identifier("The warehouse's shipment; stands on the ERP's document as its reference.", 40),
    shippedAt: InstantText,
    trackingNumber: Type.Optional(Identifier("The carrier's number.", 60)),
    lines: Type.Array(
      Type.Object(
        {
          lineNumber: Type.Integer({ minimum: 1 }),
          item: Identifier('Our item number.', 40),
          shipped: DecimalText,
          unit: UnitCode,
        },
        closed,
      ),
    ),
    final: Type.Boolean({ description: "Nothing more follows: what is left on the booking's delivery is taken back." }),
  },
  closed,
);
export type GoodsIssueRequest = Frozen<Static<typeof GoodsIssueRequest>>;

/** The ERP's delivery document, done. */
export const GoodsIssue = Type.Object(
  { id: Identifier('Its id there.', 100), reference: Identifier('Its number there.', 100) },
  closed,
);
export type GoodsIssue = Frozen<Static<typeof GoodsIssue>>;

export interface GoodsIssuesVerbs {
  /** Books what left as issued, whatever the ERP had assigned. Business fault: `not-enough-stock`. Resumes when `call.attempt` > 1. */
  issue(request: GoodsIssueRequest, call: Call): Promise<GoodsIssue>;
  findIssue(request: GoodsIssueRequest, call: Call): Promise<Inquiry<GoodsIssue>>;
}
export const GoodsIssues = defineCapability<GoodsIssuesVerbs>('goods-issues');
