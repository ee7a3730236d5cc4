import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTraceparent, traceIdOf } from '#platform/telemetry';
import { type CollectedSpan, type OtlpCollector, startOtlpCollector } from '#platform/telemetry/testing';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation, openSite, type Site } from './support/installation.ts';
import { type ListeningWire, openListeningWire } from './support/listening-wire.ts';
import { told, win } from './support/opportunities.ts';
import { freshPurchaseOrder, hearts, orderOf } from './support/orders.ts';
import { createOrdersApi } from './support/orders-api.ts';
import { type PlatformProcess, preparePlatform } from './support/platform-process.ts';

interface Configured {
  readonly systems: Readonly<Record<string, { readonly settings: Readonly<Record<string, unknown>> }>>;
}

const followedBy = (collector: OtlpCollector) => ({
  telemetry: { traces: { endpoint: collector.url }, outgoing: { networks: ['127.0.0.0/8'] } },
});

const traceOf = (orderNumber: string): string => traceIdOf('order-to-cash', orderNumber);
const spansOf = (collector: OtlpCollector, orderNumber: string): readonly CollectedSpan[] =>
  collector.spans().filter(({ traceId }) => traceId === traceOf(orderNumber));

/** The order's whole trace: once its own span has come it has ended, and what came before it was told before. */
const wholeTrace = (collector: OtlpCollector, orderNumber: string): Promise<readonly CollectedSpan[]> =>
  eventually(`the trace of ${orderNumber}`, () => {
    const spans = spansOf(collector, orderNumber);
    return spans.some(({ parentId }) => parentId === undefined) ? spans : undefined;
  });

describe('an order that is followed', () => {
  let collector: OtlpCollector;
  let erpWire: ListeningWire;
  let crmWire: ListeningWire;
  let site: Installation;
  beforeAll(async () => {
    [collector, erpWire, crmWire] = await Promise.all([startOtlpCollector(), openListeningWire(), openListeningWire()]);
    site = await openInstallation({}, (configuration) => {
      const { systems } = configuration as Configured;
      const { 'erp-main': erp, 'crm-main': crm } = systems;
      erpWire.lead(String(erp?.settings.url));
      crmWire.lead(String(crm?.settings.loginUrl));
      return {
        ...configuration,
        ...followedBy(collector),
        systems: {
          ...systems,
          'erp-main': { ...erp, settings: { ...erp?.settings, url: erpWire.url } },
          'crm-main': { ...crm, settings: { ...crm?.settings, loginUrl: crmWire.url } },
        },
      };
    });
  }, 120_000);
  afterAll(async () => {
    await site?.stop();
    await Promise.all([collector?.close(), erpWire?.close(), crmWire?.close()]);
  });

  test('is one trace: its request, its runs, every effect with its calls, and the message that came back', async () => {
    const answer = await site.api.submit(orderOf([hearts('2')]));
    const orderNumber = String(answer.json.orderNumber);
    await site.api.in(orderNumber, 'completed');
    const spans = await wholeTrace(collector, orderNumber);

    const roots = spans.filter(({ parentId }) => parentId === undefined);
    expect(roots.map(({ name }) => name)).toEqual([`order-to-cash ${orderNumber}`]);
    const known = new Set(spans.map(({ spanId }) => spanId));
    expect(known.size).toBe(spans.length);
    expect(spans.filter(({ parentId }) => parentId !== undefined && !known.has(parentId))).toEqual([]);

    const names = spans.map(({ name }) => name);
    expect(names).toContain('POST orders submitOrder');
    expect(names).toContain(`fulfilment ${orderNumber}-NORTH-1`);
    const effects = ['check-customer', 'check-prices', 'reserve-stock', 'book-in-erp', 'release-to-warehouse'];
    for (const effect of [...effects, 'issue-goods', 'post-invoice']) {
      const whole = spans.find(({ name }) => name === effect);
      expect([effect, whole?.attributes['crossdock.outcome']]).toEqual([effect, 'done']);
      expect(spans.filter(({ parentId }) => parentId === whole?.spanId).length).toBeGreaterThan(0);
    }
    const came = spans.find(({ attributes }) => attributes['crossdock.message'] === 'shipment.confirmed');
    expect(came).toMatchObject({ kind: 5, attributes: { 'crossdock.source': 'wms-north' } });

    // Nothing of another trace says that it is of this order.
    const elsewhere = collector
      .spans()
      .filter(
        ({ traceId, attributes }) => traceId !== traceOf(orderNumber) && attributes['crossdock.key'] === orderNumber,
      );
    expect(elsewhere).toEqual([]);
  });

  test('is known by its trace at the ERP, request by request, each under its own call', async () => {
    const answer = await site.api.submit(orderOf([hearts('1')]));
    const orderNumber = String(answer.json.orderNumber);
    await site.api.in(orderNumber, 'completed');
    const spans = await wholeTrace(collector, orderNumber);
    const contexts = erpWire.heard().flatMap(({ traceparent }) => readTraceparent(traceparent) ?? []);
    const ofIt = contexts.filter(({ traceId }) => traceId === traceOf(orderNumber));
    const calls = spans.filter(({ name }) => name.startsWith('erp-main '));
    expect(new Set(ofIt.map(({ spanId }) => spanId))).toEqual(new Set(calls.map(({ spanId }) => spanId)));
    const requests = spans.filter(({ attributes }) => attributes['http.response.status_code'] === 200);
    expect(requests.filter(({ name }) => name === 'POST').length).toBe(ofIt.length);
  });

  test('tells the CRM by what trace its news came', async () => {
    const lines = [{ item: 'HEART', quantity: '1', unitPrice: '2.50' }];
    const opportunity = await win(site.crm, { purchaseOrder: freshPurchaseOrder(), lines });
    const { orderNumber } = await told(site.crm, opportunity, 'completed');
    const ofIt = crmWire
      .heard()
      .filter(({ traceparent }) => readTraceparent(traceparent)?.traceId === traceOf(orderNumber));
    expect(ofIt.map(({ method }) => method)).toContain('PATCH');
    expect(ofIt.every(({ path }) => path.includes(opportunity))).toBe(true);
  });

  test('keeps the trace of a caller who has one', async () => {
    const callers = 'c0ffee'.padEnd(32, '0');
    const answer = await fetch(`${site.url()}/api/orders/v1/orders`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${site.apiKey}`,
        'idempotency-key': crypto.randomUUID(),
        traceparent: `00-${callers}-${'a'.repeat(16)}-01`,
      },
      body: JSON.stringify(orderOf([hearts('1')])),
    });
    const { orderNumber } = (await answer.json()) as { readonly orderNumber: string };
    await site.api.in(orderNumber, 'completed');
    const spans = await wholeTrace(collector, orderNumber);
    const theirs = collector.spans().filter(({ traceId }) => traceId === callers);
    expect(theirs).toMatchObject([{ parentId: 'a'.repeat(16), links: [{ traceId: traceOf(orderNumber) }] }]);
    const ours = spans.find(({ name }) => name === 'POST orders submitOrder');
    expect(ours?.links).toEqual([{ traceId: callers, spanId: theirs[0]?.spanId }]);
  });
});

describe('an order whose node is killed', () => {
  let collector: OtlpCollector;
  let site: Site;
  let nodes: PlatformProcess[] = [];
  beforeAll(async () => {
    collector = await startOtlpCollector();
    site = await openSite();
    const configuration = { ...site.configuration, ...followedBy(collector) };
    const start = (node: string) =>
      preparePlatform({ ...site, configuration, node: { engine: { node, leaseMs: 1_500 } } }).start();
    nodes = [await start('first'), await start('second')];
  }, 120_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    await site?.stop();
    await collector?.close();
  });

  test('is still one trace, told by both', async () => {
    const [first, second] = nodes;
    if (first === undefined || second === undefined) throw new Error('two nodes are needed');
    await site.erp.turn({ latencyMs: 20_000 });
    const answer = await createOrdersApi(() => first.url, site.apiKey).submit(orderOf([hearts('1')]));
    const orderNumber = String(answer.json.orderNumber);
    await eventually('a span of the first node', () =>
      spansOf(collector, orderNumber).find(({ instance }) => instance === 'first'),
    );
    await first.kill();
    await site.erp.turn({ latencyMs: 0 });
    await createOrdersApi(() => second.url, site.apiKey).in(orderNumber, 'completed');
    const spans = await wholeTrace(collector, orderNumber);
    expect(new Set(spans.map(({ instance }) => instance))).toEqual(new Set(['first', 'second']));
    // What the first asked and the second was answered is one effect, from the asking to the end.
    const checked = spans.filter(({ name }) => name === 'check-customer');
    expect(checked).toMatchObject([{ instance: 'second', attributes: { 'crossdock.outcome': 'done' } }]);
    const stray = collector
      .spans()
      .filter(({ attributes }) => String(attributes['crossdock.key']).startsWith(orderNumber))
      .filter(({ traceId }) => traceId !== traceOf(orderNumber));
    expect(stray).toEqual([]);
  }, 90_000);
});
