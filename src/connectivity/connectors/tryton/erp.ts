import { setTimeout as pause } from 'node:timers/promises';
import type { JsonRpc } from '#connectivity/protocols/json-rpc';
import { type Call, Fault } from '#model/kernel';
import { refusalOf, stillConflicting, warningFault } from './faults.ts';
import type { Login, Session } from './session.ts';
import type { Reader } from './wire.ts';

/** What may be said with a call beside its parameters. */
export interface Speech {
  /** Joins the user's own context, e.g. the price list of a price. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Who does it; default the integration's user. */
  readonly as?: Session;
  /** Which warnings are waved through, by name. Default: none. */
  readonly wave?: (warning: string) => boolean;
}

/** How it is sent. */
interface Sending {
  readonly writes: boolean;
  readonly signal: AbortSignal;
  readonly traceparent: string | undefined;
}

/** Tryton during one verb: it remembers whether anything was written, and gives every fault its kind accordingly. */
export interface Erp {
  /** Asks; changes nothing. */
  ask<Answer>(read: Reader<Answer>, method: string, params: readonly unknown[], speech?: Speech): Promise<Answer>;
  /** Writes or presses a button. A button in a wrong state is skipped without a word: read the state back. */
  act<Answer>(read: Reader<Answer>, method: string, params: readonly unknown[], speech?: Speech): Promise<Answer>;
  /** Something of an earlier attempt was found: from here "nothing was done" is no longer true. */
  resumes(): void;
}

const attemptsAtConflict = 6;
const warningsAtOnce = 10;

/** Exponential, with full jitter: whoever collided does not collide again. */
const conflictPauseMs = (attempt: number): number => Math.random() * Math.min(50 * 2 ** attempt, 1_000);

export interface ErpAccess {
  /** Runs one verb. Once something was written, a transient fault of a later call becomes ambiguous: half of the verb is there. */
  during<Answer>(call: Pick<Call, 'signal' | 'traceparent'>, work: (erp: Erp) => Promise<Answer>): Promise<Answer>;
}

export function createErpAccess(needs: { readonly rpc: JsonRpc; readonly session: Session }): ErpAccess {
  const { rpc, session } = needs;

  async function send(method: string, params: readonly unknown[], speech: Speech & Sending) {
    const { writes, signal, traceparent } = speech;
    const who = speech.as ?? session;
    const once = (login: Login) =>
      rpc.call({
        method,
        params: [...params, { ...login.context, ...speech.context }],
        headers: { authorization: login.authorization },
        writes,
        signal,
        traceparent,
      });
    const login = await who.current();
    const reply = await once(login);
    if (reply.outcome !== 'unauthorised') return { reply, login };
    const renewed = await who.renew(login);
    const second = await once(renewed);
    if (second.outcome !== 'unauthorised') return { reply: second, login: renewed };
    throw new Fault('transient', {
      code: 'credentials-refused',
      message: `Tryton logs ${who.username} in and then does not know the session.`,
    });
  }

  /** One call with its conflicts and warnings dealt with. */
  async function perform(method: string, params: readonly unknown[], speech: Speech & Sending): Promise<unknown> {
    let conflicts = 0;
    for (let warnings = 0; ; ) {
      const { reply, login } = await send(method, params, speech);
      if (reply.outcome === 'result') return reply.result;
      const refusal = refusalOf(reply.error, { method, writes: speech.writes });
      if (refusal.kind === 'fault') throw refusal.fault;
      if (refusal.kind === 'conflict') {
        conflicts += 1;
        if (conflicts >= attemptsAtConflict || speech.signal.aborted) throw stillConflicting(method, refusal.said);
        await pause(conflictPauseMs(conflicts));
        continue;
      }
      warnings += 1;
      if (speech.wave?.(refusal.name) !== true || warnings > warningsAtOnce)
        throw warningFault(refusal.name, refusal.said);
      const acknowledged = { user: login.userId, name: refusal.name, always: false };
      await perform('model.res.user.warning.create', [[acknowledged]], { ...speech, wave: () => false });
    }
  }

  return {
    async during(call, work) {
      let written = false;
      const { signal, traceparent } = call;
      const erp: Erp = {
        ask: async (read, method, params, speech) =>
          read(await perform(method, params, { ...speech, writes: false, signal, traceparent }), method),
        act: async (read, method, params, speech) => {
          const answer = await perform(method, params, { ...speech, writes: true, signal, traceparent });
          written = true;
          return read(answer, method);
        },
        resumes: () => {
          written = true;
        },
      };
      try {
        return await work(erp);
      } catch (thrown) {
        throw written ? halfDone(thrown) : thrown;
      }
    },
  };
}

function halfDone(thrown: unknown): unknown {
  if (!(thrown instanceof Fault) || thrown.kind !== 'transient') return thrown;
  const { code, message, retryAfterMs, said } = thrown;
  return new Fault(
    'ambiguous',
    {
      code,
      message: `${message} A part of the work was done before.`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(said === undefined ? {} : { said }),
    },
    thrown,
  );
}
