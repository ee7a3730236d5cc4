import type { GoodsIssuesVerbs } from '#model/capabilities';
import type { Directory } from '../directory/index.ts';
import type { ErpAccess } from '../erp.ts';
import { findIssue, issue } from './issue.ts';

/** A goods issue is a customer shipment, done; its `reference` is the warehouse's shipment number. */
export const createGoodsIssues = (erps: ErpAccess, directory: Directory): GoodsIssuesVerbs => ({
  issue: (request, call) => erps.during(call, (erp) => issue(erp, directory, request)),
  findIssue: (request, call) => erps.during(call, (erp) => findIssue(erp, request)),
});
