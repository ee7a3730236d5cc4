export { x12Warehouse } from './connector.ts';
