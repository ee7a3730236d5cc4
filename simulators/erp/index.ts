export { type ErpOptions, startErp } from './erp.ts';
