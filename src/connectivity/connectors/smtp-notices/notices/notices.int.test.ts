import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSmtp } from '#connectivity/protocols/smtp';
import { Fault } from '#model/kernel';
import { startMailServer, type Weather } from '../testing/index.ts';
import { noticesVerbs } from './notices.ts';

let server: Awaited<ReturnType<typeof startMailServer>>;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.close());

const from = 'orders@crossdock.example';
const notice = { to: 'buyer@shop.example', subject: 'Your order is on its way', text: 'It left.\nAll of it.\n' };
const call = (key = 'customer-notices:100001:send-notice:dispatch-S1') => ({
  key,
  attempt: 1,
  signal: AbortSignal.timeout(10_000),
});
const verbs = (more: object = {}) =>
  noticesVerbs(createSmtp({ host: '127.0.0.1', port: server.port, security: 'none', timeoutMs: 1_000, ...more }), {
    host: '',
    port: 1,
    security: 'none',
    from,
    timeoutMs: 1,
    concurrency: 1,
  });
const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const thrown: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof Fault)) throw new Error('expected a Fault', { cause: thrown });
  return thrown;
};

describe('a notice', () => {
  test('is a mail of plain text under the id of its key', async () => {
    const { reference } = await verbs().send(notice, call());
    expect(reference).toBe('customer-notices.100001.send-notice.dispatch-S1@crossdock.example');
    const [mail, ...others] = server.taken;
    expect(others).toEqual([]);
    expect(mail?.to).toEqual([notice.to]);
    expect(mail?.raw).toMatch(new RegExp(`Message-ID:\\s+<${reference.replaceAll('.', '[.]')}>`));
    expect(mail?.raw).toContain('Subject: Your order is on its way');
    expect(mail?.raw).toContain('Auto-Submitted: auto-generated');
    expect(mail?.raw).toContain('It left.');
  });

  test.each([
    ['cut-before', 'transient', 0],
    [421, 'transient', 0],
    [451, 'transient', 0],
    [550, 'permanent', 0],
    ['cut-after', 'ambiguous', 1],
  ] as readonly (readonly [Weather, string, number])[])('that meets %s is %s', async (weather, kind, taken) => {
    server.meet(weather);
    expect(await faultOf(verbs().send(notice, call()))).toMatchObject({ kind });
    expect(server.taken).toHaveLength(taken);
  });

  test('whose server is away or does not know us is not sent', async () => {
    expect(await faultOf(verbs({ username: 'crossdock', password: 'wrong' }).send(notice, call()))).toMatchObject({
      kind: 'permanent',
      code: 'smtp-sign-in-refused',
    });
    await verbs({ username: 'crossdock', password: 'right' }).send(notice, call());
    expect(server.taken).toHaveLength(1);
    await server.close();
    expect(await faultOf(verbs().send(notice, call()))).toMatchObject({ kind: 'transient' });
    server = await startMailServer();
  });

  test.each(['Order\r\nBcc: all@shop.example', 'Order\nX: y', 'Order\0'])(
    'with the subject %j is refused',
    async (subject) => {
      expect(await faultOf(verbs().send({ ...notice, subject }, call()))).toMatchObject({ code: 'header-broken' });
      expect(server.taken).toEqual([]);
    },
  );

  test('may say in its text whatever it likes: a dot on a line of its own ends nothing', async () => {
    await verbs().send({ ...notice, text: 'one\n.\nRCPT TO:<all@shop.example>\n' }, call());
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.to).toEqual([notice.to]);
    expect(server.taken[0]?.raw).toContain('RCPT TO');
  });
});
