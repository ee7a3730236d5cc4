import { once } from 'node:events';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Dialogue, smtpFault } from './smtp-fault.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls` insists on it; `none` is for a server on this machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username?: string;
  readonly password?: string;
  /** Most time that one step of the dialogue may take. */
  readonly timeoutMs: number;
}

/** A mail server that takes mails, one connection for each. */
export interface Smtp {
  /** Hands one mail over; answers what the server said. Throws a `Fault`: see `smtpFault`. */
  send(
    mail: { readonly from: string; readonly to: string; readonly content: Buffer },
    signal: AbortSignal,
  ): Promise<string>;
}

type Done<Value> = (error: Error | null | undefined, value?: Value) => void;

const step = <Value>(begin: (done: Done<Value>) => void): Promise<Value | undefined> =>
  new Promise((resolve, reject) => {
    begin((error, value) => (error ? reject(error) : resolve(value)));
  });

/** The mail in one piece; its end, on which the final dot follows, is noted before it is told. */
function content(bytes: Buffer, dialogue: Dialogue): Readable {
  const stream = new Readable({
    read() {
      this.push(bytes);
      dialogue.isHandedOver = true;
      this.push(null);
    },
  });
  return stream;
}

export function createSmtp({ host, port, security, username, password, timeoutMs }: SmtpSettings): Smtp {
  async function talk(
    connection: SMTPConnection,
    { from, to, content: bytes }: Parameters<Smtp['send']>[0],
    dialogue: Dialogue,
  ): Promise<string> {
    await step<void>((done) => connection.connect((error) => done(error)));
    if (username !== undefined) {
      const credentials = { user: username, pass: password ?? '' };
      await step((done) => connection.login({ user: username, credentials }, done));
    }
    const sent = await step<{ response?: string }>((done) =>
      connection.send({ from, to: [to] }, content(bytes, dialogue), (error, info) =>
        done(error, info as { response?: string }),
      ),
    );
    connection.quit();
    return sent?.response ?? '';
  }

  return {
    async send(mail, signal) {
      const dialogue: Dialogue = { isHandedOver: false };
      if (signal.aborted) throw smtpFault(new Error('its time was over before it began'), dialogue);
      const connection = new SMTPConnection({
        host,
        port,
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        dnsTimeout: timeoutMs,
        tls: { minVersion: 'TLSv1.2' },
      });
      const over = new AbortController();
      // Whatever goes wrong outside a step of the dialogue.
      const broken = once(connection, 'error', { signal: over.signal }).then(([error]) =>
        Promise.reject(error as Error),
      );
      const aborted = once(signal, 'abort', { signal: over.signal }).then(() =>
        Promise.reject(new Error('its time was over')),
      );
      broken.catch(() => undefined);
      aborted.catch(() => undefined);
      connection.on('error', () => undefined);
      try {
        return await Promise.race([talk(connection, mail, dialogue), broken, aborted]);
      } catch (thrown) {
        throw smtpFault(thrown, dialogue);
      } finally {
        over.abort();
        connection.close();
      }
    },
  };
}
