import { describe, expect, test } from 'vitest';
import type { Fault } from '#model/kernel';
import { createJsonRpc } from './json-rpc.ts';

const answering = (status: number, body: string | ((request: { id: number }) => string)) => {
  const sent: { id: number; method: string; params: unknown[] }[] = [];
  const rpc = createJsonRpc(
    {
      send: async (request) => {
        const question = JSON.parse(request.body ?? '');
        sent.push(question);
        return { status, header: () => undefined, body: typeof body === 'string' ? body : body(question) };
      },
      close: async () => undefined,
    },
    '/db/',
  );
  const ask = (writes = true) =>
    rpc.call({ method: 'model.x.read', params: [[1], {}], writes, signal: new AbortController().signal });
  return { ask, sent };
};

const faultOf = (promise: Promise<unknown>): Promise<Fault> =>
  promise.then(
    () => Promise.reject(new Error('it was answered')),
    (thrown) => thrown as Fault,
  );

describe('JSON-RPC', () => {
  test('posts exactly id, method and params, and gives the result of that id', async () => {
    const { ask, sent } = answering(200, ({ id }) => JSON.stringify({ id, result: [7] }));
    expect(await ask()).toEqual({ outcome: 'result', result: [7] });
    expect(sent).toEqual([{ id: 1, method: 'model.x.read', params: [[1], {}] }]);
  });

  test('takes a null result for a result', async () => {
    const { ask } = answering(200, ({ id }) => JSON.stringify({ id, result: null }));
    expect(await ask()).toEqual({ outcome: 'result', result: null });
  });

  test('hands an error over in the words of the other side', async () => {
    const { ask } = answering(200, ({ id }) => JSON.stringify({ id, error: ['UserError', ['no', '', null]] }));
    expect(await ask()).toEqual({ outcome: 'error', error: ['UserError', ['no', '', null]] });
  });

  test('tells that it is not known here', async () => {
    expect(await answering(401, 'who?').ask()).toEqual({ outcome: 'unauthorised' });
  });

  test.each([
    ['HTML with status 200', '<html>maintenance</html>'],
    ['cut JSON', '{"id":1,"resu'],
    ["another request's answer", '{"id":99,"result":1}'],
    ['neither result nor error', '{"id":1}'],
    ['no object', '17'],
  ])('cannot tell after %s whether a write was done', async (_, body) => {
    expect(await faultOf(answering(200, body).ask(true))).toMatchObject({
      kind: 'ambiguous',
      code: 'answer-unreadable',
    });
    expect(await faultOf(answering(200, body).ask(false))).toMatchObject({ kind: 'transient' });
  });

  test('throws the fault of a status', async () => {
    expect(await faultOf(answering(500, 'oops').ask(true))).toMatchObject({ kind: 'ambiguous' });
    expect(await faultOf(answering(403, 'no').ask(true))).toMatchObject({ kind: 'permanent', code: 'forbidden' });
  });
});
