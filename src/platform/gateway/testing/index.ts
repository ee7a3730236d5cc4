export { gatewayWith, type TriedGateway } from './gateway-with.ts';
