export type { CatalogueCustomer, CatalogueItem, Conversion } from './catalogue.ts';
export type { Claims } from './claims.ts';
export { type ConversionFailure, convert } from './convert.ts';
export type { CrossReference, Reference } from './cross-reference.ts';
export { createMasterdata, type Masterdata, type MasterdataOptions } from './masterdata.ts';
