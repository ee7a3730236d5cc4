import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { EmailChannel } from '../rule.ts';
import { textOf, titleOf } from './describe-post.ts';
import { findDestination } from './outgoing-address.ts';
import type { OutgoingNeeds } from './outgoing-way.ts';
import type { Sender } from './sender.ts';

/** Sends mails by SMTP to the address that was checked, with the certificate of the name. Every attempt has the same Message-ID. */
export function emailSender({ policy, resolve, patienceMs }: OutgoingNeeds, channel: EmailChannel): Sender {
  const { port, security = 'starttls', user, password, from, to } = channel;
  return async (post, id) => {
    const { host, address } = await findDestination(policy, resolve, channel.host);
    const transport = createTransport({
      host: address,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { ...(isIP(host) === 0 ? { servername: host } : {}), minVersion: 'TLSv1.2' },
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      dnsTimeout: patienceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from,
        to: [...to],
        subject: titleOf(post),
        text: `${textOf(post)}\n`,
        messageId: `<${id}@crossdock>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } finally {
      transport.close();
    }
  };
}
