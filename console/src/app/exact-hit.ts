interface Found {
  readonly orderNumber: string;
  readonly matched?: { readonly value: string };
}

/** The order that was meant: the only one whose number, or whichever number it was found by, is exactly what was written. */
export function exactHit<Order extends Found>(found: readonly Order[], search: string): Order | undefined {
  const same = (value: string | undefined): boolean => value?.toLowerCase() === search.toLowerCase();
  const exact = found.filter(({ orderNumber, matched }) => same(orderNumber) || same(matched?.value));
  return exact.length === 1 ? exact[0] : undefined;
}
