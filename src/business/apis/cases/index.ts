export { type CasesNeeds, casesV1 } from './v1/index.ts';
