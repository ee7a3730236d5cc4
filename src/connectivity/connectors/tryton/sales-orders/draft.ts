import type { BookingRequest } from '#model/capabilities';
import { Fault } from '#model/kernel';
import type { Directory, ItemRecord } from '../directory/index.ts';
import type { Erp } from '../erp.ts';
import { taxesOn } from '../prices/taxes.ts';
import { toNumeric, toQuantity } from '../wire.ts';

const refuse = (code: string, message: string) => new Fault('business', { code, message });

function itemNamed(items: ReadonlyMap<string, ItemRecord>, item: string): ItemRecord {
  const record = items.get(item);
  if (record === undefined) throw refuse('unknown-item', `Tryton has no item ${item} that may be sold.`);
  return record;
}

/**
 * The values of a new sale, complete: a create over the wire runs none of the form's defaults that depend on the party. The
 * sale's date is left to Tryton (the day of confirmation): stock is promised as of that date.
 */
export async function draftOf(erp: Erp, directory: Directory, request: BookingRequest, key: string): Promise<object> {
  const [company, customer, warehouse, items] = await Promise.all([
    directory.company.get(erp),
    directory.customers.find(erp, request.customer),
    request.site === undefined ? null : directory.warehouses.idOf(erp, request.site),
    directory.items.find(
      erp,
      request.lines.map(({ item }) => item),
    ),
  ]);
  if (customer === undefined) throw refuse('unknown-customer', `Tryton has no customer ${request.customer}.`);
  if (!customer.active && !request.creditOverride) {
    throw refuse('customer-blocked', `The customer ${request.customer} is deactivated in Tryton.`);
  }
  if (company.currency !== request.currency) {
    throw refuse('wrong-currency', `Tryton's company sells in ${company.currency}, not in ${request.currency}.`);
  }
  const lines = await Promise.all(
    request.lines.map(async (line) => {
      const item = itemNamed(items, line.item);
      const [unit, taxes] = await Promise.all([
        directory.units.named(erp, line.unit),
        taxesOn(erp, item, customer, company),
      ]);
      return {
        type: 'line',
        sequence: line.lineNumber,
        product: item.id,
        quantity: toQuantity(line.quantity),
        unit: unit.id,
        unit_price: toNumeric(line.unitPrice),
        taxes: [['add', taxes.map(({ id }) => id)]],
        ...(line.description === undefined ? {} : { description: line.description }),
      };
    }),
  );
  const purchaseOrder = request.customerPurchaseOrder;
  return {
    company: company.id,
    currency: company.currencyId,
    party: customer.id,
    invoice_address: customer.invoiceAddress,
    shipment_address: customer.deliveryAddress,
    payment_term: customer.paymentTerm,
    price_list: customer.priceList,
    warehouse,
    reference: request.orderNumber,
    description: key,
    ...(purchaseOrder === undefined ? {} : { comment: `PO ${purchaseOrder}` }),
    lines: [['create', lines]],
  };
}
