export { crmNews, crmNewsReadsTypes, type Reacted } from './crm-news.ts';
export { type InboundRoute, inboundRoutes } from './inbound.ts';
