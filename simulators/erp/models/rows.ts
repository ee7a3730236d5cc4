// The rows of every table, in the ERP's own words. Ids of other rows are numbers.
export type * from './rows/company.ts';
export type * from './rows/invoice.ts';
export type * from './rows/party.ts';
export type * from './rows/people.ts';
export type * from './rows/product.ts';
export type * from './rows/sale.ts';
export type * from './rows/stock.ts';
