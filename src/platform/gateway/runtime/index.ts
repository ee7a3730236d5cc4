export { createGateway, type Gateway, type GatewayNeeds, type GatewayOptions, type StreamOptions } from './gateway.ts';
export type { HealthCheck } from './health.ts';
export { createKey, type KeyRecord, listKeys, type NewKey, revokeKey } from './key-store.ts';
export { createNumbers, type NumberOptions, type Numbers } from './number-block.ts';
export { openApiDocument } from './openapi.ts';
export type { RequestTrace } from './request-trace.ts';
