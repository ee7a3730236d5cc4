import { CustomerStanding, Customers, StandingRequest } from '#model/capabilities';
import { defineEffect, nothingToUndo, patiently, per, sendAgain } from '#platform/engine';
import type { OrderDocument } from '../document.ts';

/** Asks the system of record who the customer is and how much credit is left. */
export const checkCustomer = defineEffect({
  name: 'check-customer',
  uses: Customers,
  verb: 'standing',
  occurs: per((doc: OrderDocument) => [String(doc.check)]),
  ask: ({ given }: OrderDocument) => ({ customer: given.customer, currency: given.currency }),
  request: StandingRequest,
  answer: CustomerStanding,
  do: (customers, request, call) => customers.standing(request, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: patiently,
});
