export { Catalogue, type CatalogueCustomer, type CatalogueItem, type CatalogueVerbs } from './catalogue.ts';
export { CustomerStanding, Customers, type CustomersVerbs, StandingRequest } from './customers.ts';
export { Fulfilment, type FulfilmentVerbs, Released } from './fulfilment.ts';
export { GoodsIssue, GoodsIssueRequest, GoodsIssues, type GoodsIssuesVerbs } from './goods-issues.ts';
export { InvoiceRequest, Invoices, type InvoicesVerbs, PostedInvoice, PostedInvoices } from './invoices.ts';
export { NoAnswer } from './no-answer.ts';
export { CustomerNotice, EmailAddress, Notices, type NoticesVerbs, SentNotice } from './notices.ts';
export { Opportunities, type OpportunitiesVerbs, OrderNews } from './opportunities.ts';
export {
  OrderRegister,
  type OrderRegisterVerbs,
  PurchaseOrderClaim,
  PurchaseOrderHolder,
  PurchaseOrderRelease,
} from './order-register.ts';
export { PriceRequest, Prices, type PricesVerbs, Quotation, QuotedLine } from './prices.ts';
export {
  Allocation,
  ReservationRequest,
  Reservations,
  type ReservationsVerbs,
  ShippedStock,
  StockRelease,
} from './reservations.ts';
export { Booking, BookingRequest, SalesOrders, type SalesOrdersVerbs } from './sales-orders.ts';
export { Stock, type StockLevel, type StockVerbs } from './stock.ts';
