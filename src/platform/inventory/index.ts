export { type Availability, type AvailabilityTerm, availableEverywhere } from './availability.ts';
export type {
  Adjustment,
  ClaimAnswer,
  ClaimRequest,
  LeavingAnswer,
  LeavingRequest,
  Level,
  ReleaseAnswer,
} from './claims.ts';
export { createInventory, type Inventory, type Keyed } from './inventory.ts';
