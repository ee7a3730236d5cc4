import { composeMail, type Smtp } from '#connectivity/protocols/smtp';
import type { NoticesVerbs } from '#model/capabilities';
import type { NoticesSettings } from '../settings.ts';

/** The right side of a Message-ID: who made it. */
const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);

/** The notices capability: one mail for each. */
export const noticesVerbs = (smtp: Smtp, { from }: NoticesSettings): NoticesVerbs => ({
  async send({ to, subject, text }, call) {
    const reference = `${call.key.replaceAll(/[^A-Za-z0-9_-]+/g, '.')}@${domainOf(from)}`;
    const content = await composeMail({ from, to, subject, text, messageId: reference });
    await smtp.send({ from, to, content }, call.signal);
    return { reference };
  },
});
