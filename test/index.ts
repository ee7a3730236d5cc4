/** What the journeys are told with, for whoever else runs a whole installation: the fault harness. */
export { type CasesApi, type CaseView, createCasesApi } from './journeys/support/cases-api.ts';
export { installationConfiguration } from './journeys/support/configuration.ts';
export { eventually } from './journeys/support/eventually.ts';
export { areRising, type News, newsOf, win } from './journeys/support/opportunities.ts';
export {
  type Answer,
  createOrdersApi,
  freshKey,
  type Narrative,
  type OrdersApi,
  type SubmitOptions,
} from './journeys/support/orders-api.ts';
export type { Audit, Counted, CrashPlan, NodeOptions, Passed } from './journeys/support/platform-messages.ts';
export {
  type PlatformProcess,
  type PlatformStart,
  preparePlatform,
  type SparePlatform,
} from './journeys/support/platform-process.ts';
export { type Advice, isTaken, report } from './journeys/support/shipping-advice.ts';
export { type OutsideSystem, type OutsideSystems, startSystems } from './journeys/support/systems.ts';
export { startTrytonErp, type TrytonErp } from './systems/support/tryton-erp.ts';
