export {
  type ConfigurationFile,
  ConfigurationRefused,
  parseConfiguration,
  readConfiguration,
} from './configuration.ts';
export { NodeNameRefused } from './node-name.ts';
export { type Platform, type PlatformNeeds, type PlatformOptions, startPlatform } from './platform.ts';
export { openState, type State, type StateOptions } from './state.ts';
