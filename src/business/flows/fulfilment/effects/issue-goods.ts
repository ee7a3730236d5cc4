import { GoodsIssue, GoodsIssueRequest, GoodsIssues } from '#model/capabilities';
import { cannotUndo, defineEffect, patiently, per } from '#platform/engine';
import type { Dispatched } from '../document.ts';
import { latestShipment, nothingMoreFollows } from '../rules/shipments.ts';

/** Books in the ERP what left the warehouse. */
export const issueGoods = defineEffect({
  name: 'issue-goods',
  uses: GoodsIssues,
  verb: 'issue',
  occurs: per((doc: Dispatched) => [latestShipment(doc).shipmentNumber]),
  route: (doc: Dispatched) => ({ site: doc.given.fulfilment.site }),
  ask: (doc: Dispatched) => {
    const shipment = latestShipment(doc);
    return {
      booking: doc.given.booking,
      site: shipment.site,
      shipmentNumber: shipment.shipmentNumber,
      shippedAt: shipment.shippedAt,
      ...(shipment.trackingNumber === undefined ? {} : { trackingNumber: shipment.trackingNumber }),
      lines: shipment.lines.map(({ lineNumber, item, shipped, unit }) => ({ lineNumber, item, shipped, unit })),
      final: nothingMoreFollows(doc),
    };
  },
  request: GoodsIssueRequest,
  answer: GoodsIssue,
  do: (erp, request, call) => erp.issue(request, call),
  ifUnsure: (erp, request, call) => erp.findIssue(request, call),
  undo: cannotUndo('the goods have left; what comes back is a return'),
  retry: patiently,
});
