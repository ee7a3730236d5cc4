export { smtpNotices } from './connector.ts';
