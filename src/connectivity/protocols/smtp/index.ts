export { composeMail, type Mail } from './compose-mail.ts';
export { createSmtp, type Smtp, type SmtpSettings } from './smtp.ts';
