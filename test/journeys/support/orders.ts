let numbers = 0;

/** A purchase order number that nothing else in this process has; all of one length, so that none is part of another. */
export const freshPurchaseOrder = (): string => {
  numbers += 1;
  return `PO-${String(numbers).padStart(5, '0')}`;
};

export const hearts = (quantity: string, unitPrice = '2.50') => ({ item: 'HEART', quantity, unitPrice });
export const lanterns = (quantity: string) => ({ item: 'LANTERN', quantity, unitPrice: '3.39' });
export const clocks = (quantity: string) => ({ item: 'CLOCK', quantity, unitPrice: '12.75' });
export const postage = { kind: 'charge', item: 'POST', quantity: '1', unitPrice: '18.00' } as const;

/** An order of the first customer, ready to be submitted. */
export const orderOf = (lines: readonly object[], more: object = {}) => ({
  customer: '17850',
  customerPurchaseOrder: freshPurchaseOrder(),
  currency: 'GBP',
  lines,
  ...more,
});
