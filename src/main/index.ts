export {
  type ConfigurationFile,
  ConfigurationRefused,
  parseConfiguration,
  readConfiguration,
} from './configuration.ts';
export { type Platform, type PlatformNeeds, type PlatformOptions, startPlatform } from './platform.ts';
export { openState, type State } from './state.ts';
