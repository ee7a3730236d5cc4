import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from '#connectivity/kit';
import { describeConformance, type ReadProbe, type Stage, type WriteProbe } from '#connectivity/kit/conformance';
import { type Clock, decimal } from '#model/kernel';
import { controlClient, startSimulator } from '../../../../simulators/kit/index.ts';
import { type TrytonVerbs, tryton } from './connector.ts';
import { contractSettings } from './contract/describe-tryton-contract.ts';
import { openFrontDoor } from './contract/front-door.ts';
import { bookingRequest, callOf, issueRequest, ten } from './contract/requests.ts';
import { facts, fresh } from './contract/target.ts';

const worldFile = fileURLToPath(new URL('../../../../systems/tryton/fixtures/world-small.json', import.meta.url));

/** The call by which a verb takes effect, or which a question cannot do without. */
const decisiveCalls: Readonly<Record<string, string>> = {
  'sales-orders.book': 'model.sale.sale.confirm',
  'sales-orders.discardBooking': 'model.sale.sale.delete',
  'sales-orders.cancelBooking': 'model.stock.shipment.out.cancel',
  'goods-issues.issue': 'model.stock.shipment.out.done',
  'invoices.post': 'model.account.invoice.post',
  'customers.standing': 'model.party.party.search_read',
  'catalogue.customers': 'model.party.party.search_read',
  'catalogue.items': 'model.product.product.search_read',
  'prices.quote': 'model.product.product.search_read',
  'stock.levels': 'model.product.product.search_read',
};

const verbsOf = ({ capabilities }: Connection) => capabilities as unknown as TrytonVerbs;
const line = { lineNumber: 1, item: facts.item, quantity: decimal('3'), unit: 'EA' };

const reads: readonly ReadProbe[] = [
  {
    verb: 'customers.standing',
    ask: (connection, call) =>
      verbsOf(connection).customers.standing({ customer: facts.customer, currency: 'GBP' }, call),
  },
  { verb: 'catalogue.customers', ask: (connection, call) => verbsOf(connection).catalogue.customers({}, call) },
  { verb: 'catalogue.items', ask: (connection, call) => verbsOf(connection).catalogue.items({}, call) },
  {
    verb: 'prices.quote',
    ask: (connection, call) =>
      verbsOf(connection).prices.quote({ customer: facts.customer, currency: 'GBP', lines: [line] }, call),
  },
  { verb: 'stock.levels', ask: (connection, call) => verbsOf(connection).stock.levels({ site: facts.north }, call) },
];

async function openStage(clock: Clock): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-conformance-'));
  const erp = await startSimulator({ kind: 'erp', worldFile, ledgerFile: join(folder, 'ledger.jsonl') });
  const control = controlClient(erp.control);
  const door = await openFrontDoor(erp.url);
  const { database, password } = erp.details;
  const settings = contractSettings({ url: door.url, database: String(database), password: String(password) });
  const connection = tryton.connect(settings, { instance: 'erp-main', clock, log: () => undefined });
  const verbs = verbsOf(connection);

  const effects = (kind: string, mark: object) => async () => {
    const ledger = await control.ledger();
    const isIt = (entry: object) => Object.entries(mark).every(([name, value]) => Reflect.get(entry, name) === value);
    return ledger.filter((entry) => entry.kind === kind && isIt(entry)).length;
  };
  const wanted = bookingRequest(ten);
  const [unwanted, shipping, invoicing] = [bookingRequest(ten), bookingRequest(ten), bookingRequest(ten)];
  const book = (request: typeof wanted) => verbs['sales-orders'].book(request, callOf(fresh('before')));
  const [cancelled, shipped, invoiced] = [await book(unwanted), await book(shipping), await book(invoicing)];
  const issue = issueRequest(shipped, [facts.item], ['10'], { final: true });
  await verbs['goods-issues'].issue(issueRequest(invoiced, [facts.item], ['10']), callOf(fresh('before')));

  // Half made: it was quoted, and not confirmed.
  const half = { request: bookingRequest(ten), key: fresh('half') };
  await control.script([{ on: decisiveCalls['sales-orders.book'], behaviour: 'error-before' }]);
  await verbs['sales-orders'].book(half.request, callOf(half.key)).catch(() => undefined);

  const writes: readonly WriteProbe[] = [
    {
      verb: 'sales-orders.book',
      send: (_, call) => verbs['sales-orders'].book(wanted, call),
      find: (_, call) => verbs['sales-orders'].findBooking(wanted, call),
      effects: effects('sale-confirmed', { reference: wanted.orderNumber }),
    },
    {
      verb: 'sales-orders.discardBooking',
      send: (_, call) =>
        verbs['sales-orders'].discardBooking(half.request, {
          key: half.key,
          attempt: call.attempt,
          signal: call.signal,
        }),
      effects: effects('sale-discarded', { reference: half.request.orderNumber }),
    },
    {
      verb: 'sales-orders.cancelBooking',
      send: (_, call) => verbs['sales-orders'].cancelBooking(cancelled, call),
      effects: effects('shipment-cancelled', { reference: unwanted.orderNumber }),
    },
    {
      verb: 'goods-issues.issue',
      send: (_, call) => verbs['goods-issues'].issue(issue, call),
      find: (_, call) => verbs['goods-issues'].findIssue(issue, call),
      effects: effects('shipment-done', { shipment: issue.shipmentNumber }),
    },
    {
      verb: 'invoices.post',
      send: (_, call) => verbs.invoices.post({ booking: invoiced, occasion: 'W-1' }, call),
      find: (_, call) => verbs.invoices.findPosted({ booking: invoiced, occasion: 'W-1' }, call),
      effects: effects('invoice-posted', { reference: invoicing.orderNumber }),
    },
  ];
  const script = (verb: string, behaviour: string) => control.script([{ on: decisiveCalls[verb], behaviour }]);
  const turn = async (changes: object): Promise<void> => {
    await control.turn(changes);
  };
  return {
    connection,
    reads,
    writes,
    feeds: [],
    provoke: {
      expireCredentials: async () => {
        const before = door.logins();
        door.forgetSessions();
        return async () => door.logins() - before;
      },
      limitRate: (retryAfterSeconds) => turn({ rateLimit: { perSecond: 0.001, retryAfterSeconds } }),
      loseAnswer: (verb) => script(verb, 'lose-answer'),
      garble: (verb, how) => script(verb, how === 'html' ? 'html-200' : 'truncate'),
      outage: () => turn({ outage: true }),
      calm: () => turn({ outage: false, rateLimit: null }),
    },
    close: async () => {
      await connection.close();
      door.close();
      await erp.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describeConformance({
  name: 'tryton against its simulator',
  connector: tryton,
  settings: {
    ...contractSettings({ url: 'http://erp.test', database: 'erp', password: '' }),
    password: { env: 'ERP_PASSWORD' },
    creditPassword: { env: 'ERP_CREDIT_PASSWORD' },
  },
  open: openStage,
});
