export { Catalogue, type CatalogueCustomer, type CatalogueItem, type CatalogueVerbs } from './catalogue.ts';
export { type CustomerStanding, Customers, type CustomersVerbs, type StandingRequest } from './customers.ts';
export { Fulfilment, type FulfilmentVerbs, type Released } from './fulfilment.ts';
export { type GoodsIssue, type GoodsIssueRequest, GoodsIssues, type GoodsIssuesVerbs } from './goods-issues.ts';
export { type InvoiceRequest, Invoices, type InvoicesVerbs, type PostedInvoice } from './invoices.ts';
export { Opportunities, type OpportunitiesVerbs, type OrderNews } from './opportunities.ts';
export { OrderRegister, type OrderRegisterVerbs } from './order-register.ts';
export { type PriceRequest, Prices, type PricesVerbs, type QuotedLine } from './prices.ts';
export {
  type Allocation,
  type ReservationRequest,
  Reservations,
  type ReservationsVerbs,
  type ShippedStock,
} from './reservations.ts';
export { type Booking, type BookingRequest, SalesOrders, type SalesOrdersVerbs } from './sales-orders.ts';
export { Stock, type StockLevel, type StockVerbs } from './stock.ts';
