import { Fault } from '#model/kernel';

/** Status codes of SFTP version 3 that say what may be done about a failure. */
const noSuchFile = 2;
const permissionDenied = 3;
const noConnection = 6;
const connectionLost = 7;
const notSupported = 8;

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 300);
const memberOf = (thrown: unknown, name: string): unknown =>
  typeof thrown === 'object' && thrown !== null ? (thrown as Readonly<Record<string, unknown>>)[name] : undefined;

/** The server said that there is no such file or folder. */
export const isAbsent = (thrown: unknown): boolean => memberOf(thrown, 'code') === noSuchFile;

/** Failure to connect: nothing was done. Bad credentials and a strange host key stay bad until a person looks. */
export function connectFault(thrown: unknown, where: string): Fault {
  if (thrown instanceof Fault) return thrown;
  const said = textOf(thrown);
  if (memberOf(thrown, 'level') === 'client-authentication' || /authentication methods failed/i.test(said)) {
    const message = `${where} refused our user name, password or key: correct the settings`;
    return new Fault('permanent', { code: 'sftp-credentials-refused', message, said }, thrown);
  }
  return new Fault('transient', { code: 'sftp-unreachable', message: `cannot connect to ${where}`, said }, thrown);
}

/**
 * Failure of a request. `changed`: it may have changed something there before its answer was lost. What the server itself refused
 * was not done.
 */
export function requestFault(thrown: unknown, what: string, changed: boolean): Fault {
  if (thrown instanceof Fault) return thrown;
  const code = memberOf(thrown, 'code');
  const said = textOf(thrown);
  const details = (name: string, message: string) => ({ code: name, message: `${what}: ${message}`, said });
  switch (code) {
    case noSuchFile:
      return new Fault('permanent', details('sftp-no-such-file', 'there is no such file or folder'), thrown);
    case permissionDenied:
      return new Fault('permanent', details('sftp-permission-denied', 'we may not do this there'), thrown);
    case notSupported:
      return new Fault('permanent', details('sftp-not-supported', 'the server cannot do this'), thrown);
    case noConnection:
    case connectionLost:
      break;
    default:
      if (typeof code === 'number') {
        return new Fault('transient', details('sftp-failure', 'the server failed without a reason'), thrown);
      }
  }
  return changed
    ? new Fault('ambiguous', details('sftp-answer-lost', 'the connection was lost before the answer'), thrown)
    : new Fault('transient', details('sftp-connection-lost', 'the connection was lost'), thrown);
}
