import { Customers, Fulfilment, GoodsIssues, Invoices, Opportunities, Prices, SalesOrders } from '#model/capabilities';
import type { Asking } from '../exchanges/order-exchange.ts';

/** What an outside system is to an order. */
export type Role = 'crm' | 'erp' | 'warehouse';

const roles: Readonly<Record<string, Role>> = {
  [Opportunities.name]: 'crm',
  [SalesOrders.name]: 'erp',
  [GoodsIssues.name]: 'erp',
  [Invoices.name]: 'erp',
  [Customers.name]: 'erp',
  [Prices.name]: 'erp',
  [Fulfilment.name]: 'warehouse',
};

/** What an asked system is to the order; undefined for our own books and for who only carries messages. */
export const roleOf = ({ capability }: Asking): Role | undefined => roles[capability];
