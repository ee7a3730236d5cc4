import { defineConnector, type Manifest } from '#connectivity/kit';
import { createHttpClient } from '#connectivity/protocols/http';
import { createJsonRpc } from '#connectivity/protocols/json-rpc';
import {
  Catalogue,
  type CatalogueVerbs,
  Customers,
  type CustomersVerbs,
  GoodsIssues,
  type GoodsIssuesVerbs,
  Invoices,
  type InvoicesVerbs,
  Prices,
  type PricesVerbs,
  SalesOrders,
  type SalesOrdersVerbs,
  Stock,
  type StockVerbs,
} from '#model/capabilities';
import { createCatalogue } from './catalogue/catalogue.ts';
import { createCustomers } from './customers/customers.ts';
import { createDirectory } from './directory/index.ts';
import { createErpAccess } from './erp.ts';
import { createGoodsIssues } from './goods-issues/goods-issues.ts';
import { createInvoices } from './invoices/invoices.ts';
import { createPrices } from './prices/prices.ts';
import { createSalesOrders } from './sales-orders/sales-orders.ts';
import { createSession } from './session.ts';
import { TrytonSettings, withDefaults } from './settings.ts';
import { createStock } from './stock/stock.ts';

/** The verbs of a Tryton, with their types. */
export interface TrytonVerbs {
  readonly catalogue: CatalogueVerbs;
  readonly customers: CustomersVerbs;
  readonly prices: PricesVerbs;
  readonly stock: StockVerbs;
  readonly 'sales-orders': SalesOrdersVerbs;
  readonly 'goods-issues': GoodsIssuesVerbs;
  readonly invoices: InvoicesVerbs;
}

function manifest(settings: TrytonSettings): Manifest {
  const { lateCommitMs, concurrency } = withDefaults(settings);
  const read = { class: 'read' } as const;
  const searchable = { class: 'searchable', lateCommitMs } as const;
  return {
    verbs: {
      [Catalogue.name]: { customers: read, items: read },
      [Customers.name]: { standing: read },
      [Prices.name]: { quote: read },
      [Stock.name]: { levels: read },
      // Taking back, or away, what was taken changes nothing, so it may be sent again.
      [SalesOrders.name]: {
        book: searchable,
        findBooking: read,
        discardBooking: { class: 'keyed' },
        cancelBooking: { class: 'keyed' },
      },
      [GoodsIssues.name]: { issue: searchable, findIssue: read },
      [Invoices.name]: { post: searchable, findPosted: read },
    },
    traits: {
      /** A sale has one warehouse. */
      placePerLine: false,
      separateGoodsIssue: true,
      creditOverride: settings.creditUsername !== undefined,
    },
    lane: { concurrency },
  };
}

/** Tryton 6.0 over JSON-RPC: the books of customers, items, prices, stock, sales, shipments and invoices. */
export const tryton = defineConnector({
  name: 'tryton',
  settings: TrytonSettings,
  manifest,
  connect: (given) => {
    const settings = withDefaults(given);
    const http = createHttpClient(settings.origin, { timeoutMs: settings.timeoutMs });
    const rpc = createJsonRpc(http, `/${settings.database}/`);
    const session = createSession({ rpc, username: settings.username, password: settings.password });
    const { creditUsername: username, creditPassword: password } = settings;
    const creditSession =
      username === undefined || password === undefined ? undefined : createSession({ rpc, username, password });
    const erps = createErpAccess({ rpc, session });
    const directory = createDirectory(settings);
    const capabilities: TrytonVerbs = {
      catalogue: createCatalogue(erps, directory),
      customers: createCustomers(erps, directory),
      prices: createPrices(erps, directory, settings.cacheMs),
      stock: createStock(erps, directory),
      'sales-orders': createSalesOrders(erps, { directory, creditSession }),
      'goods-issues': createGoodsIssues(erps, directory),
      invoices: createInvoices(erps),
    };
    return { capabilities: { ...capabilities }, feeds: [], close: () => http.close() };
  },
});
