import type { GatewayOptions } from '#platform/gateway/runtime';

/** The demo is its own only caller, and a busy one. */
export const demoGateway: GatewayOptions = { plan: { name: 'demo', requests: 100_000, seconds: 10 } };
