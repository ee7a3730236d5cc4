/** States in which an order can be neither changed nor cancelled any more, and why not. */
export const tooLateIn = {
  'invoicing-charges': 'its charges are being invoiced',
  closing: 'the order is being closed: nothing is left of it',
} as const;
