import MailComposer from 'nodemailer/lib/mail-composer';
import { Fault } from '#model/kernel';

/** A mail of plain text to one mailbox. */
export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without angle brackets. The same for the same intent, so that a mailbox can recognise it. */
  readonly messageId: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a header
const headerBreaker = /[\x00-\x1f\x7f]/;

/** Writes the mail as it goes over the wire. Throws a permanent fault when a header would end early. */
export async function composeMail({ from, to, subject, text, messageId }: Mail): Promise<Buffer> {
  const broken = Object.entries({ from, to, subject, messageId }).find(([, value]) => headerBreaker.test(value));
  if (broken !== undefined) {
    const message = `the mail's ${broken[0]} has a line break or another control character: remove it`;
    throw new Fault('permanent', { code: 'header-broken', message });
  }
  const mail = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${messageId}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await mail.compile().build();
}
