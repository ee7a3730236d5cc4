import type { SFTPWrapper } from 'ssh2';
import { Fault } from '#model/kernel';
import { requestFault } from './faults.ts';
import { openSession, type Session } from './session.ts';
import type { SftpSettings } from './settings.ts';

/** What a request is, for its failure. */
export interface Request {
  /** For the message, e.g. `put in/1.edi`. */
  readonly what: string;
  /** It may have changed something there by the time that its answer is lost. */
  readonly changes: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The one connection of an instance: opened when needed, shared by all requests, opened again after it was lost. */
export interface SftpConnection {
  /** Runs a request. What it throws, and silence, a lost connection or an abort, come out as a `Fault`; what the server said too. */
  run<Answer>(request: Request, ask: (wire: SFTPWrapper) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

/** Rejects after the time is over or the signal aborts; `stop` ends the watch. */
function watch(timeoutMs: number, signal: AbortSignal | undefined): { readonly over: Promise<never>; stop(): void } {
  let stop = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const onAbort = () => reject(new Error('aborted'));
    signal?.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  over.catch(() => undefined);
  return { over, stop };
}

/** Makes a connection; nothing is opened before the first request. */
export function createSftpConnection(settings: SftpSettings): SftpConnection {
  const timeoutMs = settings.timeoutMs ?? 15_000;
  let opening: Promise<Session> | undefined;
  let session: Session | undefined;
  let closed = false;

  const current = async (): Promise<Session> => {
    if (closed) throw new Fault('transient', { code: 'sftp-closed', message: 'the connection was closed by us' });
    if (session?.isOpen()) return session;
    opening ??= openSession(settings, timeoutMs).finally(() => {
      opening = undefined;
    });
    session = await opening;
    return session;
  };

  return {
    run: async (request, ask) => {
      if (request.signal?.aborted) {
        throw new Fault('transient', {
          code: 'aborted',
          message: `${request.what}: not begun, for there was no time left`,
        });
      }
      const used = await current();
      const watching = watch(timeoutMs, request.signal);
      try {
        const asked = ask(used.wire);
        asked.catch(() => undefined);
        return await Promise.race([asked, used.lost, watching.over.catch(cutOff(used))]);
      } catch (thrown) {
        throw requestFault(thrown, request.what, request.changes);
      } finally {
        watching.stop();
      }
    },
    close: async () => {
      closed = true;
      await opening?.catch(() => undefined);
      await session?.end();
    },
  };
}

/** After a timeout or an abort the socket is reset: a merely closed one may still deliver the request later. */
const cutOff =
  (session: Session) =>
  (thrown: unknown): never => {
    session.reset();
    throw thrown;
  };
