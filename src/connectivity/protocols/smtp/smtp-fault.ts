import { Fault } from '#model/kernel';

/** How far a dialogue came. */
export interface Dialogue {
  /** The whole mail was given to the connection: from here on the server may have taken it. */
  isHandedOver: boolean;
}

interface SmtpError {
  readonly responseCode?: number;
  readonly response?: string;
  readonly code?: string;
  readonly message: string;
}

const describe = (thrown: unknown): SmtpError =>
  thrown instanceof Error ? (thrown as Error & SmtpError) : { message: String(thrown) };

/** What the server said, for the record: one line, not long. */
const said = ({ response }: SmtpError) =>
  response === undefined ? {} : { said: response.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 300) };

/**
 * What may be done about a dialogue that failed. SMTP has no key and cannot be asked, so the moment decides: before the last byte of
 * the mail was handed over the server has surely not taken it, and a server that refuses has not either; after that, silence may be
 * a mail that was delivered.
 */
export function smtpFault(thrown: unknown, { isHandedOver }: Dialogue): Fault {
  const error = describe(thrown);
  const { responseCode } = error;
  if (responseCode !== undefined && responseCode >= 500) {
    const isSignIn = error.code === 'EAUTH';
    return new Fault(
      'permanent',
      {
        code: isSignIn ? 'smtp-sign-in-refused' : 'smtp-refused',
        message: isSignIn
          ? `the mail server refused our sign-in (${responseCode}): correct its username and password`
          : `the mail server refused the mail (${responseCode}): see what it said, and correct the address or the text`,
        ...said(error),
      },
      thrown,
    );
  }
  if (responseCode !== undefined && responseCode >= 400) {
    const message = `the mail server does not take mails now (${responseCode})`;
    return new Fault('transient', { code: 'smtp-not-now', message, ...said(error) }, thrown);
  }
  if (isHandedOver) {
    const message = 'the mail was handed over and the mail server did not say whether it took it';
    return new Fault('ambiguous', { code: 'smtp-answer-lost', message, ...said(error) }, thrown);
  }
  const message = `the mail server could not be talked to: ${error.message.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200)}`;
  return new Fault('transient', { code: 'smtp-unreachable', message }, thrown);
}
