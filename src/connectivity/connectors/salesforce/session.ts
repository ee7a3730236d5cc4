import jsforce from 'jsforce';
import type { Dispatcher } from 'undici';
import type { ConnectorServices } from '#connectivity/kit';
import { type Clock, Fault, millisecondsBetween } from '#model/kernel';
import {
  connectionFault,
  type Intent,
  refusalFault,
  retryAfterMs,
  sessionExpired,
  unreadableAnswer,
} from './faults.ts';
import type { SalesforceSettings } from './settings.ts';
import { createTransport, type LastAnswer, type Transport } from './transport.ts';

/** An organisation that we are signed in to. */
export type Organisation = jsforce.Connection;

/** Keeps us signed in. */
export interface Session {
  /**
   * Runs `work` signed in. When its token is found dead (a `Fault` with code `invalid-session-id`: nothing was done), signs in
   * anew, once for all calls that found it dead, and runs `work` once more.
   */
  use<Answer>(signal: AbortSignal, work: (organisation: Organisation) => Promise<Answer>): Promise<Answer>;
}

export interface SessionNeeds {
  readonly settings: SalesforceSettings;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: ConnectorServices['log'];
}

/** Wrong credentials are not tried again for so long: an organisation locks out who knocks too often. */
const refusedPauseMs = 60_000;

const signInIntent: Intent = 'read';

/** Resolves as the promise does, or rejects when the signal aborts first. The work behind the promise goes on for others. */
function unlessAborted<Answer>(promise: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(connectionFault(signal.reason, 'read'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function requestToken(settings: SalesforceSettings, transport: Transport) {
  const { signIn, loginUrl } = settings;
  const { clientId, clientSecret } = signIn;
  const oauth = new jsforce.OAuth2({ loginUrl, clientId, clientSecret });
  oauth._transport = transport;
  return signIn.grant === 'password'
    ? oauth.authenticate(signIn.username, signIn.password)
    : oauth.requestToken({ grant_type: 'client_credentials' });
}

/** Why we were not signed in. An error that is not about an answer is a defect of ours and stays what it is. */
function signInFault(thrown: unknown, last: LastAnswer | undefined, now: string): unknown {
  const wait = retryAfterMs(last?.headers['retry-after'], now);
  if (last !== undefined && (last.status === 429 || last.status >= 500)) {
    return refusalFault(last.status, undefined, signInIntent, wait);
  }
  if (last === undefined || last.status < 400 || !(thrown instanceof Error)) return thrown;
  return new Fault('transient', {
    code: 'sign-in-refused',
    message: 'Salesforce refused to sign us in. Nothing was done; check the client id, its secret and the user.',
    retryAfterMs: refusedPauseMs,
    said: `${thrown.name}: ${thrown.message}`.slice(0, 300),
  });
}

async function signIn({ settings, dispatcher, clock }: SessionNeeds): Promise<Organisation> {
  const signal = AbortSignal.timeout(settings.timeoutMs);
  const transport = createTransport({ dispatcher, intent: signInIntent, signal });
  try {
    const token = await requestToken(settings, transport);
    if (typeof token?.access_token !== 'string' || typeof token.instance_url !== 'string') {
      throw unreadableAnswer(signInIntent, 'it holds no token');
    }
    return new jsforce.Connection({
      loginUrl: settings.loginUrl,
      instanceUrl: token.instance_url,
      accessToken: token.access_token,
      version: settings.apiVersion,
    });
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    throw signInFault(thrown, transport.last(), clock.now());
  }
}

/** Makes the session of one instance; the first call signs in. */
export function createSession(needs: SessionNeeds): Session {
  let current: Organisation | undefined;
  let renewal: Promise<Organisation> | undefined;
  let refused: { readonly at: string; readonly fault: Fault } | undefined;

  const renew = async (): Promise<Organisation> => {
    if (refused !== undefined && millisecondsBetween(refused.at, needs.clock.now()) < refusedPauseMs)
      throw refused.fault;
    try {
      current = await signIn(needs);
      refused = undefined;
      needs.log('salesforce.signed-in', { loginUrl: needs.settings.loginUrl });
      return current;
    } catch (thrown) {
      if (thrown instanceof Fault && thrown.code === 'sign-in-refused')
        refused = { at: needs.clock.now(), fault: thrown };
      throw thrown;
    }
  };

  /** The organisation, signed in with another token than the one that was found dead. */
  const signedIn = async (dead?: Organisation): Promise<Organisation> => {
    if (current !== undefined && current !== dead) return current;
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  return {
    use: async (signal, work) => {
      const first = await unlessAborted(signedIn(), signal);
      try {
        return await work(first);
      } catch (thrown) {
        if (!(thrown instanceof Fault) || thrown.code !== sessionExpired) throw thrown;
        return work(await unlessAborted(signedIn(first), signal));
      }
    },
  };
}
