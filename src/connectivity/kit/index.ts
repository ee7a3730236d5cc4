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
export { secret } from './secret.ts';
