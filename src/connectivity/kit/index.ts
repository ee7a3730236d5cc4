export {
  type Connection,
  type Connector,
  type ConnectorServices,
  defineConnector,
  type EffectClass,
  type LaneBudget,
  type Manifest,
  type VerbManifest,
} from './connector.ts';
export type { Feed, InboundMessage, Reading, SyncModel, UnreadableMessage } from './feed.ts';
export { isSecret, secret } from './secret.ts';
export { type ResolveSecret, readSettings, type SecretReference, type SettingsFailure } from './settings.ts';
