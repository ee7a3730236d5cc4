import { add, compare, decimal, multiply, roundHalfUp, zero } from '#model/kernel';
import { isSettled } from './ends.ts';
import type { Effect, Evidence, Finding } from './evidence.ts';
import { byOrder, itemsOf, linesOf, namesOf, ofKind, quantityOf } from './tally.ts';

const pence = 2;

/** What the lines of an invoice come to. */
const worth = (invoice: Effect) =>
  linesOf(invoice).reduce(
    (total, { quantity, unitPrice = '0' }) =>
      add(total, roundHalfUp(multiply(decimal(quantity), decimal(unitPrice)), pence)),
    zero,
  );

/** I5: what is invoiced is what left, at the price of the order. */
export function invoices(evidence: Evidence): readonly Finding[] {
  const effects = byOrder(evidence);
  const sent = new Map(evidence.acknowledged.map(({ orderNumber, lines }) => [orderNumber, lines]));
  return [...evidence.orders.keys()].flatMap((orderNumber) => {
    const lines = sent.get(orderNumber);
    const own = effects.get(orderNumber) ?? [];
    const posted = ofKind(own, 'invoice-posted');
    const invoiced = itemsOf(posted);
    const shipped = itemsOf(ofKind(own, 'shipped'));
    const isOver = isSettled(evidence.orders.get(orderNumber));
    const prices = new Map(lines?.map(({ item, unitPrice }) => [item, decimal(unitPrice)]));
    const finding = (means: Finding['means'], what: string): Finding => ({ rule: 'I5', means, orderNumber, what });
    return [
      ...namesOf(invoiced, shipped).flatMap((item) => {
        const difference = compare(quantityOf(invoiced, item), quantityOf(shipped, item));
        const what = `${quantityOf(shipped, item)} ${item} left, ${quantityOf(invoiced, item)} are invoiced`;
        if (difference > 0) return [finding('doubled', what)];
        return difference < 0 && isOver ? [finding('lost', what)] : [];
      }),
      ...posted.flatMap((invoice) => [
        ...linesOf(invoice).flatMap(({ product = '', unitPrice = '0' }) => {
          const agreed = prices.get(product);
          // Of an order that came another way nobody here knows what was agreed.
          return lines === undefined || (agreed !== undefined && compare(agreed, decimal(unitPrice)) === 0)
            ? []
            : [finding('wrong', `${product} is invoiced at ${unitPrice}, agreed is ${agreed ?? 'nothing'}`)];
        }),
        ...(compare(worth(invoice), decimal(String(invoice.untaxed))) === 0
          ? []
          : [
              finding(
                'wrong',
                `invoice ${String(invoice.number)} says ${String(invoice.untaxed)}, its lines ${worth(invoice)}`,
              ),
            ]),
      ]),
    ];
  });
}
