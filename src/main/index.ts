export {
  type ConfigurationFile,
  ConfigurationRefused,
  parseConfiguration,
  readConfiguration,
} from './configuration.ts';
export { peopleOf } from './identity.ts';
export { NodeNameRefused } from './node-name.ts';
export { beginObservation, type Observation, type ObservationNeeds, type ObservationOptions } from './observation.ts';
export { orderLists } from './order-lists.ts';
export { type Platform, type PlatformNeeds, type PlatformOptions, startPlatform } from './platform.ts';
export { openState, type State, type StateOptions } from './state.ts';
