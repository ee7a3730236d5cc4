export { crmNews, crmNewsReadsTypes, type Reacted } from './crm-news.ts';
