export { startWarehouse } from './simulator.ts';
