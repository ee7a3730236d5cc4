import { type Call, type Decimal, defineCapability, type Inquiry } from '#model/kernel';
import type { Booking } from './sales-orders.ts';

export interface GoodsIssueRequest {
  readonly booking: Booking;
  readonly site: string;
  /** The warehouse's shipment; stands on the ERP's document as its reference. */
  readonly shipmentNumber: string;
  readonly shippedAt: string;
  readonly trackingNumber?: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly item: string;
    readonly shipped: Decimal;
    readonly unit: string;
  }[];
  /** Nothing more follows: what is left on the booking's delivery is taken back. */
  readonly final: boolean;
}

/** The ERP's delivery document, done. */
export interface GoodsIssue {
  readonly id: string;
  readonly reference: string;
}

export interface GoodsIssuesVerbs {
  /** Books what left as issued, whatever the ERP had assigned. Business fault: `not-enough-stock`. Resumes when `call.attempt` > 1. */
  issue(request: GoodsIssueRequest, call: Call): Promise<GoodsIssue>;
  findIssue(request: GoodsIssueRequest, call: Call): Promise<Inquiry<GoodsIssue>>;
}
export const GoodsIssues = defineCapability<GoodsIssuesVerbs>('goods-issues');
