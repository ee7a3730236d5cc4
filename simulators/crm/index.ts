export { startCrm } from './crm.ts';
