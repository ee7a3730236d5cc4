import type { Effect, Evidence, Finding } from './evidence.ts';
import { orderOf } from './tally.ts';

/** Which effect of ours may have done what a ledger says. */
const doneBy: Readonly<Record<string, readonly string[]>> = {
  'sale-confirmed': ['book-in-erp'],
  'sale-cancelled': ['book-in-erp', 'withdraw-booking'],
  'release-received': ['release-to-warehouse'],
  'cancel-received': ['request-cancellation'],
  'shipment-done': ['issue-goods'],
  'invoice-posted': ['post-invoice', 'invoice-charges'],
};

/** I2: nothing was done that no run had asked for. */
export function intents({ effects, orders }: Evidence): readonly Finding[] {
  return effects.flatMap((effect: Effect) => {
    const names = doneBy[effect.kind];
    const orderNumber = orderOf(effect);
    if (names === undefined) return [];
    const finding = (what: string): Finding => ({
      rule: 'I2',
      means: 'wrong',
      ...(orderNumber === undefined ? {} : { orderNumber }),
      what,
    });
    const order = orderNumber === undefined ? undefined : orders.get(orderNumber);
    if (order === undefined) return [finding(`${effect.system} has ${effect.kind}, and no order of ours is behind it`)];
    const asked = order.effects.filter(({ name }) => names.includes(name));
    if (asked.length === 0) return [finding(`${effect.kind} was done, and ${names.join(' or ')} was never asked`)];
    // The ERP keeps our key in the description of a sale: it must be one that was asked.
    const { description } = effect;
    const isKeyed = effect.kind === 'sale-confirmed' && typeof description === 'string';
    return isKeyed && !asked.some(({ key }) => key === description)
      ? [finding(`a sale was confirmed under the key ${description}, which was never asked`)]
      : [];
  });
}
