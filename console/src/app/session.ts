import { Problem } from '../client/problem.ts';

/** Sends a write to the session's own doors, which are none of the APIs'. Throws a `Problem`. */
async function send(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await Problem.of(response);
}

/** Signs in; the browser keeps the session in a cookie that scripts cannot read. */
export const beginSession = (userName: string, password: string): Promise<void> =>
  send('POST', '/session', { userName, password });

/** Signs in by a link. Throws the code `password-needed` where the link wants one to be chosen. */
export const beginSessionByLink = (token: string, password?: string): Promise<void> =>
  send('POST', '/session/link', { token, ...(password === undefined ? {} : { password }) });

/** Signs out. One whose session is over already is out as well; throws when it is not known to be over. */
export const endSession = (): Promise<void> =>
  send('DELETE', '/session').catch((thrown: unknown) => {
    if (!(thrown instanceof Problem && thrown.status === 401)) throw thrown;
  });
