export { crmNews, crmNewsReadsTypes, type Reacted, reactionSchemas } from './crm-news.ts';
export { type InboundRoute, inboundRoutes } from './inbound.ts';
export { customerNoticesRead, type NoticePreference, tellCustomers } from './tell-customers.ts';
