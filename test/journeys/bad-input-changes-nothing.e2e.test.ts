import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, openInstallation } from './support/installation.ts';
import { hearts, orderOf } from './support/orders.ts';

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
  // One good order, so that there is something that could change.
  const orderNumber = await site.api.order(orderOf([hearts('1')]));
  await site.api.in(orderNumber, 'completed');
}, 120_000);
afterAll(() => site?.stop());

/** Everything that a bad order might have left: runs by the platform's own count, and what was done outside. */
async function traces(): Promise<object> {
  const runs = [...(await site.metrics()).matchAll(/^crossdock_runs\{.*\} \d+$/gm)].map(([line]) => line);
  const { erp, crm, north, south } = site;
  return { runs: runs.toSorted(), done: [erp, crm, north, south].map((system) => system.entries().length) };
}

const good = orderOf([hearts('1')]);
const line = hearts('1');
const withLine = (change: object) => ({ ...good, lines: [{ ...line, ...change }] });
const text = JSON.stringify(good);

/** What is sent, the status, and the paths or codes that the problem names. */
const refused: Readonly<Record<string, readonly [body: object | string, status: number, names: readonly string[]]>> = {
  'a quantity that is a number': [withLine({ quantity: 1 }), 422, ['/lines/0/quantity']],
  'a member that nobody knows': [{ ...good, colour: 'red' }, 422, ['/colour']],
  'a negative quantity': [withLine({ quantity: '-1' }), 422, ['/lines/0/quantity']],
  'no quantity at all': [withLine({ quantity: '0' }), 422, ['/lines/0/quantity']],
  'an absurd quantity': [withLine({ quantity: '99999999999999999999' }), 422, ['/lines/0/quantity']],
  'half a piece': [withLine({ quantity: '0.5' }), 422, ['/lines/0/quantity']],
  'a negative price of goods': [withLine({ unitPrice: '-1.00' }), 422, ['/lines/0/unitPrice']],
  'a unit that does not convert': [withLine({ unit: 'KGM' }), 422, ['/lines/0/unit']],
  'a currency that is not the customer’s': [{ ...good, currency: 'USD' }, 422, ['/currency']],
  'a customer that nobody knows': [{ ...good, customer: '00000' }, 422, ['/customer']],
  'no customer': [{ ...good, customer: undefined }, 422, ['/customer']],
  'no lines': [{ ...good, lines: [] }, 422, ['/lines']],
  'several things at once': [
    {
      ...good,
      currency: 'USD',
      lines: [
        { ...line, quantity: '-1' },
        { ...line, unit: 'KGM' },
      ],
    },
    422,
    ['/currency', '/lines/0/quantity', '/lines/1/unit'],
  ],
  'broken JSON': [text.slice(0, -5), 400, []],
  'no JSON': ['order please', 400, []],
  'a list': ['[1,2,3]', 422, ['']],
  'a prototype': [text.replace('{', '{"__proto__":{"admin":true},'), 400, ['/__proto__']],
  'a constructor': [text.replace('{', '{"constructor":{"prototype":{"admin":true}},'), 400, ['/constructor']],
  'a member twice': [text.replace('{', '{"currency":"USD",'), 400, []],
  'a body of 10 MB': [{ ...good, customerPurchaseOrder: 'x'.repeat(10_000_000) }, 413, []],
  'a depth of 10,000': ['['.repeat(10_000) + ']'.repeat(10_000), 400, []],
};

describe('bad input at the door', () => {
  test('gets a problem that says what is wrong, and changes nothing', async () => {
    const before = await traces();
    expect(before).toMatchObject({ runs: [expect.stringContaining('fulfilment'), expect.stringContaining('order')] });
    for (const [what, [body, status, names]] of Object.entries(refused)) {
      const answer = await site.api.submit(body);
      expect([what, answer.status, answer.json.code], JSON.stringify(answer.json)).toEqual([
        what,
        status,
        expect.any(String),
      ]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const errors = answer.json.errors as readonly { readonly path: string; readonly message: string }[];
      expect(
        errors.map(({ path }) => path),
        what,
      ).toEqual(expect.arrayContaining([...names]));
      expect(JSON.stringify(answer.json)).not.toMatch(/node_modules|\.ts:\d/);
    }
    expect(await traces()).toEqual(before);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('of somebody who may not is refused alike', async () => {
    const before = await traces();
    const anonymous = await fetch(`${site.url()}/api/orders/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'anonymous' },
      body: text,
    });
    expect(anonymous.status).toBe(401);
    const forged = await fetch(`${site.url()}/api/orders/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.apiKey.slice(0, -1)}0`, 'idempotency-key': 'forged' },
      body: text,
    });
    expect(forged.status).toBe(401);
    expect(await traces()).toEqual(before);
  });

  test('did not hurt: a good order goes through', async () => {
    const orderNumber = await site.api.order(good);
    await site.api.in(orderNumber, 'completed');
  });
});
