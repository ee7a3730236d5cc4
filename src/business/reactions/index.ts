export { crmNews, crmNewsReadsTypes, type Reacted } from './crm-news.ts';
export { type InboundRoute, inboundRoutes } from './inbound.ts';
export { customerNoticesRead, type NoticePreference, tellCustomers } from './tell-customers.ts';
