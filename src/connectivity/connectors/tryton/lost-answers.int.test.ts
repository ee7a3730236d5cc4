import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '#connectivity/kit';
import { type Call, Fault, type Inquiry, systemClock } from '#model/kernel';
import {
  type ControlClient,
  controlClient,
  type StartedSimulator,
  startSimulator,
} from '../../../../simulators/kit/index.ts';
import { type TrytonVerbs, tryton } from './connector.ts';
import { contractSettings } from './contract/describe-tryton-contract.ts';
import { bookingRequest, callOf, issueRequest, ten } from './contract/requests.ts';
import { facts, fresh } from './contract/target.ts';

const worldFile = fileURLToPath(new URL('../../../../systems/tryton/fixtures/world-small.json', import.meta.url));
const troubles = ['lose-answer', 'error-before', 'error-after', 'html-200', 'truncate', 'conflict'] as const;
const cancelsMoves = ['create', 'execute', 'delete'].map((step) => `wizard.sale.handle.shipment.exception.${step}`);
const withCharge = [...ten, { item: facts.charge, quantity: '1', price: '18', charge: true }] as const;

let simulator: StartedSimulator;
let control: ControlClient;
let connection: Connection;
let folder = '';
const verbs = () => connection.capabilities as unknown as TrytonVerbs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossdock-lost-'));
  simulator = await startSimulator({ kind: 'erp', worldFile, ledgerFile: join(folder, 'ledger.jsonl') });
  control = controlClient(simulator.control);
  const { database, password } = simulator.details;
  const target = { url: simulator.url, database: String(database), password: String(password) };
  const services = { instance: 'erp-main', clock: systemClock, log: () => undefined };
  connection = tryton.connect(contractSettings(target), services);
});
afterAll(async () => {
  await connection.close();
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What the engine does with a verb: sends it, asks when in doubt, sends again what was not done. */
async function carryThrough<Answer>(
  send: (call: Call) => Promise<Answer>,
  find: (call: Call) => Promise<Inquiry<Answer>>,
): Promise<Answer> {
  const key = fresh('key');
  for (let attempt = 1; attempt < 5; attempt += 1) {
    try {
      return await send(callOf(key, attempt));
    } catch (thrown) {
      if (!(thrown instanceof Fault) || (thrown.kind !== 'ambiguous' && thrown.kind !== 'transient')) throw thrown;
      const asked = thrown.kind === 'ambiguous' ? await find(callOf(key, attempt)) : undefined;
      if (asked?.known === 'done') return asked.answer;
    }
  }
  throw new Error('it did not come through in four attempts');
}

const entries = async (kind: string, reference: string) =>
  (await control.ledger()).filter((entry) => entry.kind === kind && entry.reference === reference);

async function expectFired(): Promise<void> {
  expect((await control.scripts()).every(({ fired, times }) => fired === times)).toBe(true);
}

/** Every call of a verb, with every trouble. */
const combinations = (methods: readonly string[]) =>
  methods.flatMap((method) => troubles.map((trouble) => [trouble, method] as const));

describe.each(
  combinations(['model.sale.sale.create', 'model.sale.sale.quote', 'model.sale.sale.confirm', 'model.sale.sale.read']),
)('after "%s" on %s', (behaviour, on) => {
  test('an order is booked once', async () => {
    const request = bookingRequest(withCharge);
    const orders = verbs()['sales-orders'];
    await control.script([{ on, behaviour }]);
    const booking = await carryThrough(
      (call) => orders.book(request, call),
      (call) => orders.findBooking(request, call),
    );
    await expectFired();
    expect(booking.total).toBe('52.20');
    expect(await entries('sale-confirmed', request.orderNumber)).toHaveLength(1);
  });
});

describe.each(combinations(['model.sale.sale.delete', 'model.sale.sale.quote']))(
  'after "%s" on %s',
  (behaviour, on) => {
    test('a refused order leaves nothing behind', async () => {
      const request = bookingRequest([{ item: facts.item, quantity: '10000000' }]);
      const orders = verbs()['sales-orders'];
      await control.script([{ on, behaviour }]);
      const work = carryThrough(
        (call) => orders.book(request, call),
        (call) => orders.findBooking(request, call),
      );
      await expect(work).rejects.toMatchObject({ kind: 'business', code: 'not-enough-stock' });
      await expectFired();
      const key = callOf(fresh('key'));
      expect(await orders.findBooking(request, key)).toEqual({ known: 'not-done' });
      expect(await entries('sale-confirmed', request.orderNumber)).toEqual([]);
    });
  },
);

describe.each(combinations(['model.sale.sale.delete', 'model.sale.sale.search_read']))(
  'after "%s" on %s',
  (behaviour, on) => {
    test('a half-made booking is discarded once', async () => {
      const request = bookingRequest(ten);
      const orders = verbs()['sales-orders'];
      const booking = callOf(fresh('key'));
      await control.script([{ on: 'model.sale.sale.confirm', behaviour: 'error-before' }]);
      await expect(orders.book(request, booking)).rejects.toMatchObject({ kind: 'ambiguous' });
      await control.script([{ on, behaviour }]);
      for (let isThere = true; isThere; ) {
        isThere = await orders.discardBooking(request, booking).then(
          () => false,
          () => true,
        );
      }
      await expectFired();
      expect(await entries('sale-discarded', request.orderNumber)).toHaveLength(1);
      expect(await entries('sale-confirmed', request.orderNumber)).toEqual([]);
    });
  },
);

const picking = ['write', 'assign_try', 'pick', 'pack', 'done', 'cancel'].map(
  (button) => `model.stock.shipment.out.${button}`,
);
describe.each(combinations(['model.sale.sale.read', ...picking, ...cancelsMoves]))(
  'after "%s" on %s',
  (behaviour, on) => {
    test('what left is issued once and the rest is given up', async () => {
      const order = bookingRequest(ten);
      const booking = await verbs()['sales-orders'].book(order, callOf(fresh('key')));
      const request = issueRequest(booking, [facts.item], ['7'], { final: true });
      const issues = verbs()['goods-issues'];
      await control.script([{ on, behaviour }]);
      await carryThrough(
        (call) => issues.issue(request, call),
        (call) => issues.findIssue(request, call),
      );
      await expectFired();
      expect(await entries('shipment-done', order.orderNumber)).toMatchObject([
        { shipment: request.shipmentNumber, lines: [{ product: facts.item, quantity: '7' }] },
      ]);
      expect(await entries('shipment-cancelled', order.orderNumber)).toHaveLength(1);
      expect((await issues.findIssue(request, callOf('q'))).known).toBe('done');
    });
  },
);

describe.each(combinations(['model.sale.sale.read', 'model.account.invoice.write', 'model.account.invoice.post']))(
  'after "%s" on %s',
  (behaviour, on) => {
    test('what is due is invoiced once', async () => {
      const order = bookingRequest(withCharge);
      const booking = await verbs()['sales-orders'].book(order, callOf(fresh('key')));
      await verbs()['goods-issues'].issue(issueRequest(booking, [facts.item], ['10']), callOf(fresh('key')));
      const request = { booking, occasion: 'W-1' };
      await control.script([{ on, behaviour }]);
      const { invoices } = await carryThrough(
        (call) => verbs().invoices.post(request, call),
        (call) => verbs().invoices.findPosted(request, call),
      );
      await expectFired();
      expect(invoices.map(({ total }) => total)).toEqual(['21.60', '30.60']);
      expect(await entries('invoice-posted', order.orderNumber)).toHaveLength(2);
    });
  },
);

describe.each(combinations(['model.stock.shipment.out.cancel', 'model.account.invoice.cancel', ...cancelsMoves]))(
  'after "%s" on %s',
  (behaviour, on) => {
    test('a booking is taken back once', async () => {
      const order = bookingRequest(withCharge);
      const booking = await verbs()['sales-orders'].book(order, callOf(fresh('key')));
      await control.script([{ on, behaviour }]);
      await carryThrough(
        (call) => verbs()['sales-orders'].cancelBooking(booking, call),
        async () => ({ known: 'not-done' }),
      );
      await expectFired();
      expect(await entries('shipment-cancelled', order.orderNumber)).toHaveLength(1);
      expect(await entries('sale-cancelled', order.orderNumber)).toHaveLength(1);
    });
  },
);
