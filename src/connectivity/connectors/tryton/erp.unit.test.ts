import { describe, expect, test } from 'vitest';
import type { JsonRpc, JsonRpcReply } from '#connectivity/protocols/json-rpc';
import { Fault } from '#model/kernel';
import { createErpAccess, type Erp } from './erp.ts';
import type { Session } from './session.ts';

type Script = readonly (JsonRpcReply | Fault)[];
const result = (value: unknown): JsonRpcReply => ({ outcome: 'result', result: value });
const error = (...parts: unknown[]): JsonRpcReply => ({ outcome: 'error', error: parts });
const conflict = error('ConcurrencyException', 'Records were modified');
const dead: JsonRpcReply = { outcome: 'unauthorised' };
const away = new Fault('transient', { code: 'unreachable', message: 'Nobody there.', retryAfterMs: 5 });
const asIs = (answer: unknown) => answer;

/** Plays a script: one reply per call. */
function stage(script: Script) {
  const calls: { method: string; params: readonly unknown[]; writes: boolean; authorization: string | undefined }[] =
    [];
  const rpc: JsonRpc = {
    call: async ({ method, params, writes, headers }) => {
      const next = script[calls.length];
      calls.push({ method, params, writes, authorization: headers?.authorization });
      if (next === undefined) throw new Error(`unexpected ${method}`);
      if (next instanceof Fault) throw next;
      return next;
    },
  };
  let renewals = 0;
  const login = (authorization: string) => ({ userId: 7, authorization, context: { company: 1 } });
  const first = login('first');
  const session: Session = {
    username: 'integration',
    current: async () => first,
    renew: async () => {
      renewals += 1;
      return login('second');
    },
  };
  const during = <Answer>(work: (erp: Erp) => Promise<Answer>) =>
    createErpAccess({ rpc, session }).during({ signal: new AbortController().signal }, work);
  return { during, calls, renewals: () => renewals };
}

describe('a call', () => {
  test('carries the context last, joined with its own', async () => {
    const { during, calls } = stage([result(1)]);
    await during((erp) => erp.ask(asIs, 'model.x.read', [[1], ['a']], { context: { price_list: 3 } }));
    expect(calls).toEqual([
      {
        method: 'model.x.read',
        params: [[1], ['a'], { company: 1, price_list: 3 }],
        writes: false,
        authorization: 'first',
      },
    ]);
  });

  test('whose session died is sent again with a new one', async () => {
    const { during, calls, renewals } = stage([dead, result('done')]);
    expect(await during((erp) => erp.act(asIs, 'model.x.write', []))).toBe('done');
    expect(calls.map(({ authorization }) => authorization)).toEqual(['first', 'second']);
    expect(renewals()).toBe(1);
  });

  test('whose new session is not known either waits for somebody', async () => {
    const { during } = stage([dead, dead]);
    await expect(during((erp) => erp.act(asIs, 'model.x.write', []))).rejects.toMatchObject({ kind: 'transient' });
  });

  test('in conflict is repeated, and given up after six times with nothing done', async () => {
    const lucky = stage([conflict, conflict, result('done')]);
    expect(await lucky.during((erp) => erp.act(asIs, 'model.x.confirm', []))).toBe('done');
    const unlucky = stage(Array.from({ length: 6 }, () => conflict));
    await expect(unlucky.during((erp) => erp.act(asIs, 'model.x.confirm', []))).rejects.toMatchObject({
      kind: 'transient',
      code: 'records-in-use',
    });
  });
});

describe('a warning', () => {
  const warning = error('UserWarning', ['credit_limit_amount_sale.sale,4', 'over the limit', '']);

  test('that may be waved through is acknowledged by name and the call repeated', async () => {
    const { during, calls } = stage([warning, result([1]), result(null)]);
    await during((erp) => erp.act(asIs, 'model.x.confirm', [[4]], { wave: (name) => name.startsWith('credit_') }));
    expect(calls.map(({ method }) => method)).toEqual([
      'model.x.confirm',
      'model.res.user.warning.create',
      'model.x.confirm',
    ]);
    expect(calls[1]?.params[0]).toEqual([{ user: 7, name: 'credit_limit_amount_sale.sale,4', always: false }]);
  });

  test('that may not is a refusal', async () => {
    const { during } = stage([warning]);
    await expect(during((erp) => erp.act(asIs, 'model.x.confirm', [[4]]))).rejects.toMatchObject({ kind: 'business' });
  });
});

describe('a verb of several calls', () => {
  test('that met trouble before it wrote anything did nothing', async () => {
    const { during } = stage([result([]), away]);
    const work = (erp: Erp) => erp.ask(asIs, 'search', []).then(() => erp.act(asIs, 'create', []));
    await expect(during(work)).rejects.toMatchObject({ kind: 'transient' });
  });

  test('that met trouble after it wrote is in doubt, and keeps how long to wait', async () => {
    const { during } = stage([result([1]), away]);
    const work = (erp: Erp) => erp.act(asIs, 'create', []).then(() => erp.act(asIs, 'confirm', []));
    await expect(during(work)).rejects.toMatchObject({ kind: 'ambiguous', code: 'unreachable', retryAfterMs: 5 });
  });

  test('that found something of an earlier attempt is in doubt from there', async () => {
    const { during } = stage([away]);
    const work = (erp: Erp) => {
      erp.resumes();
      return erp.ask(asIs, 'read', []);
    };
    await expect(during(work)).rejects.toMatchObject({ kind: 'ambiguous' });
  });
});
