export { casePerformers } from './acts-of-two.ts';
export { casesV1 } from './api.ts';
export type { CasesNeeds } from './needs.ts';
