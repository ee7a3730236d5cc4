export { salesforce } from './connector.ts';
export { SalesforceSettings } from './settings.ts';
