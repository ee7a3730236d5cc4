import { afterEach, describe, expect, test } from 'vitest';
import type { FulfilmentOrder } from '#model/canonical';
import { decimal, systemClock } from '#model/kernel';
import { callOf, follow, openWarehouse, orderFor, until } from './testing.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function warehouse(...parameters: Parameters<typeof openWarehouse>) {
  const opened = await openWarehouse(...parameters);
  open.push(opened);
  return opened;
}
type Warehouse = Awaited<ReturnType<typeof warehouse>>;

const number = '100001-NORTH-1';
const releaseKey = `fulfilment:${number}:release:1`;
const cancelKey = `fulfilment:${number}:cancel:1`;
const release = ({ verbs }: Warehouse, order: FulfilmentOrder = orderFor(number)) =>
  verbs.release(order, callOf(releaseKey));
const script = ({ simulator }: Warehouse, behaviour: object) =>
  simulator.scripts.add([{ purchaseOrder: 'PO-100001', ...behaviour }]);
const summary = (messages: readonly { type: string; data: unknown }[]) =>
  messages.map(({ type, data }) => {
    const { final, shipment } = data as { final?: boolean; shipment?: { lines: object[] } };
    return { type, ...(final === undefined ? {} : { final }), ...(shipment ? { lines: shipment.lines } : {}) };
  });

describe('a release that nothing goes wrong with', () => {
  test('is acknowledged, shipped and archived, and each interchange of theirs is acknowledged', async () => {
    const { verbs, feed, files, entries, taken } = await warehouse();
    const released = await verbs.release(orderFor(number), callOf(releaseKey));
    expect(released.reference).toMatch(/^940-\d{9}\.edi$/);
    const day = follow(feed);
    const [first, second] = await day.all(2);
    expect(first).toMatchObject({
      type: 'fulfilment.acknowledged',
      key: number,
      data: { fulfilmentNumber: number, document: 'release', accepted: true, reasons: [] },
    });
    expect(second).toMatchObject({
      type: 'shipment.confirmed',
      key: number,
      data: {
        final: true,
        inferred: ['picked', 'packed'],
        shipment: {
          shipmentNumber: 'NORTH-000001',
          fulfilmentNumber: number,
          site: 'NORTH',
          carrier: 'XPSL',
          trackingNumber: 'TRKNORTH-000001',
          lines: [
            { lineNumber: 1, item: '85123A', shipped: '6', short: '0', unit: 'EA' },
            { lineNumber: 3, item: '85123A', shipped: '4', short: '0', unit: 'EA' },
          ],
        },
      },
    });
    expect(day.unreadable).toEqual([]);
    await taken();
    expect(await files('out')).toEqual([]);
    expect(await files('out/archive')).toHaveLength(2);
    expect(await files('in/archive')).toHaveLength(2);
    expect(entries('acknowledgement-received')).toMatchObject([{ about: 'SW', accepted: true }]);
    expect(entries('release-received')).toMatchObject([
      { fulfilmentNumber: number, lines: [{ line: 1, item: '85123A', quantity: '6' }, { line: 3 }] },
    ]);
  });

  test('many at once are each shipped once', async () => {
    const one = await warehouse();
    await one.act('set-stock', { item: '85123A', quantity: '1000' });
    const numbers = Array.from({ length: 60 }, (_, place) => `${200_000 + place}-NORTH-1`);
    await Promise.all(numbers.map((each) => one.verbs.release(orderFor(each), callOf(`fulfilment:${each}:release:1`))));
    const messages = await follow(one.feed).all(120);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(120);
    expect(one.entries('shipped')).toHaveLength(60);
  });
});

describe('the same key', () => {
  test('is the same file, before and after the warehouse took it', async () => {
    const one = await warehouse();
    const first = await release(one);
    expect(await release(one)).toEqual(first);
    await one.taken();
    expect(await release(one)).toEqual(first);
    const other = { ...orderFor(number), requestedDate: '2026-04-01' };
    expect(await one.verbs.release(other, callOf(releaseKey, 2))).toEqual(first);
    expect(await one.verbs.findRelease(orderFor(number), callOf(releaseKey))).toEqual({ known: 'done', answer: first });
    expect(await one.verbs.findRelease(orderFor(number), callOf(cancelKey))).toEqual({ known: 'not-done' });
    await one.taken();
    expect(one.entries('release-received')).toHaveLength(1);
    expect(one.entries('duplicate-release')).toHaveLength(0);
  });

  test('sent twice at once is one file', async () => {
    const one = await warehouse();
    const sent = await Promise.all([release(one), release(one), release(one)]);
    expect(new Set(sent.map(({ reference }) => reference)).size).toBe(1);
    await one.taken();
    expect([...one.entries('release-received'), ...one.entries('duplicate-release')]).toHaveLength(1);
  });

  test('is found after the answer of its rename was lost', async () => {
    const one = await warehouse();
    one.simulator.dials.turn({ loseAnswerRate: 1 });
    await expect(release(one)).rejects.toMatchObject({ kind: 'ambiguous', code: 'sftp-answer-lost' });
    one.simulator.dials.turn({ loseAnswerRate: 0 });
    expect(await one.verbs.findRelease(orderFor(number), callOf(releaseKey))).toMatchObject({ known: 'done' });
    await release(one);
    await one.taken();
    expect(one.entries('release-received')).toHaveLength(1);
  });
});

describe('what the warehouse does', () => {
  test('a short pick says what will never come', async () => {
    const one = await warehouse();
    script(one, { behaviour: 'short-pick', item: '85123A', quantity: '8' });
    await release(one);
    const [, shipped] = summary(await follow(one.feed).all(2));
    expect(shipped).toMatchObject({
      final: true,
      lines: [
        { lineNumber: 1, shipped: '0', short: '6' },
        { lineNumber: 3, shipped: '2', short: '2' },
      ],
    });
  });

  test('part shipments come as two, and only the second is final', async () => {
    const one = await warehouse();
    script(one, { behaviour: 'part-shipments' });
    script(one, { behaviour: 'short-pick', item: '85123A', quantity: '1' });
    await release(one);
    const [, first, second] = summary(await follow(one.feed).all(3));
    expect(first).toMatchObject({
      final: false,
      lines: [
        { lineNumber: 1, shipped: '2', short: '0' },
        { lineNumber: 3, shipped: '2', short: '0' },
      ],
    });
    expect(second).toMatchObject({
      final: true,
      lines: [
        { lineNumber: 1, shipped: '3', short: '1' },
        { lineNumber: 3, shipped: '2', short: '0' },
      ],
    });
  });

  test('a request to cancel before shipping is granted: nothing is shipped', async () => {
    const one = await warehouse();
    script(one, { behaviour: 'accept-cancellation' });
    await release(one);
    await one.taken();
    await one.verbs.requestCancellation(orderFor(number), callOf(cancelKey));
    const messages = await follow(one.feed).all(3);
    expect(messages.map(({ type, data }) => [type, (data as { document?: string }).document])).toEqual(
      expect.arrayContaining([
        ['fulfilment.acknowledged', 'release'],
        ['fulfilment.acknowledged', 'cancellation'],
        ['fulfilment.cancelled', undefined],
      ]),
    );
    expect(messages.find(({ type }) => type === 'fulfilment.cancelled')).toMatchObject({
      key: number,
      data: { fulfilmentNumber: number, reason: 'nothing shipped' },
    });
    expect(one.entries('cancelled')).toMatchObject([{ fulfilmentNumber: number }]);
    expect(await one.act('stock')).toMatchObject({ '85123A': '100' });
  });

  test('a request to cancel may come too late: what left has left', async () => {
    const one = await warehouse();
    script(one, { behaviour: 'refuse-cancellation' });
    await release(one);
    await one.taken();
    await one.verbs.requestCancellation(orderFor(number), callOf(cancelKey));
    const messages = await follow(one.feed).all(3);
    expect(messages.map(({ type }) => type)).toContain('shipment.confirmed');
    expect(messages.map(({ type }) => type)).not.toContain('fulfilment.cancelled');
    expect(one.entries('cancelled')).toEqual([]);
  });

  test('a report that comes twice is one message', async () => {
    const one = await warehouse();
    script(one, { behaviour: 'report-twice' });
    await release(one);
    const messages = await follow(one.feed).all(3);
    expect(messages).toHaveLength(3);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
  });

  test('a report may come before the acknowledgement', async () => {
    const one = await warehouse();
    script(one, { behaviour: 'early' });
    await release(one);
    const types = (await follow(one.feed).all(2)).map(({ type }) => type);
    expect(types).toEqual(['shipment.confirmed', 'fulfilment.acknowledged']);
  });

  test('a warehouse that acknowledges nothing still ships', async () => {
    const one = await warehouse();
    one.simulator.dials.turn({ acknowledge: false });
    await release(one);
    expect(summary(await follow(one.feed).all(1))).toMatchObject([{ type: 'shipment.confirmed' }]);
  });

  test('one report five times, out of order and under other control numbers, is one message', async () => {
    const one = await warehouse();
    await release(one);
    const day = follow(one.feed);
    await day.all(2);
    const [path = ''] = (await one.files('out/archive')).filter((name) => name.endsWith('945.edi'));
    const { content } = (await one.act('read-file', { path })) as { content: string };
    for (const control of ['000000905', '000000902', '000000904', '000000901', '000000903']) {
      const again = content.replaceAll(/0*2~/g, '2~').replaceAll('000000002', control);
      await one.act('write-file', {
        path: `out/again-${control}.edi`,
        content: again.replace(/\*2~\nIEA\*1\*2~/, `*2~\nIEA*1*${control}~`),
      });
    }
    const messages = await day.all(7);
    expect(new Set(messages.filter(({ type }) => type === 'shipment.confirmed').map(({ id }) => id)).size).toBe(1);
    expect(day.unreadable).toEqual([]);
  });
});

describe('a 997', () => {
  const refusal = (group: string) =>
    [
      'ISA*00*          *00*          *ZZ*NORTHWMS       *ZZ*CROSSDOCK      *260301*1000*U*00401*000000900*0*P*>~',
      'GS*FA*NORTHWMS*CROSSDOCK*20260301*1000*900*X*004010~',
      `ST*997*0001~AK1*OW*${group}~AK2*940*0001~AK3*N4*5**8~AK4*3**5*TOO LONG~AK5*R*5~AK9*R*1*1*0~SE*8*0001~`,
      'GE*1*900~IEA*1*000000900~',
    ].join('');

  test('that refuses our syntax says why, also to a process that did not send the 940', async () => {
    const one = await warehouse();
    one.simulator.dials.turn({ acknowledge: false, workMs: 60_000 });
    const { reference } = await release(one);
    await one.taken();
    const another = await warehouse({ port: one.settings.port, hostKey: one.settings.hostKey });
    await one.act('write-file', { path: 'out/refusal.edi', content: refusal(reference.slice(4, 13)) });
    const [message] = await follow(another.feed).all(1);
    expect(message).toMatchObject({
      type: 'fulfilment.acknowledged',
      key: number,
      data: {
        accepted: false,
        document: 'release',
        reasons: [
          'segment 5 (N4) has wrong elements',
          'segment 5 (N4) element 3 is too long: TOO LONG',
          'one or more segments are wrong',
        ],
      },
    });
  });

  test('about nothing that we sent waits for a steward', async () => {
    const one = await warehouse();
    await one.act('write-file', { path: 'out/strange.edi', content: refusal('123456789') });
    const day = follow(one.feed);
    await day.once();
    expect(day.unreadable).toMatchObject([{ failures: [{ code: 'unknown-document', path: 'AK1/2/2' }] }]);
  });
});

describe('trouble on the way', () => {
  test('an outage is transient, and the connection comes back by itself', async () => {
    const one = await warehouse();
    await one.verbs.findRelease(orderFor(number), callOf(releaseKey));
    one.simulator.dials.turn({ outage: true });
    await expect(release(one)).rejects.toMatchObject({ kind: 'transient' });
    await expect(follow(one.feed).once()).rejects.toMatchObject({ kind: 'transient' });
    one.simulator.dials.turn({ outage: false });
    await release(one);
    await follow(one.feed).all(2);
  });

  test('nobody listens: transient', async () => {
    const one = await warehouse();
    await one.simulator.stop();
    await expect(release(one)).rejects.toMatchObject({ kind: 'transient', code: 'sftp-unreachable' });
  });

  test('a silent server is given up, before the rename as transient', async () => {
    const one = await warehouse({ timeoutMs: 150 });
    await one.verbs.findRelease(orderFor(number), callOf(releaseKey));
    one.simulator.dials.turn({ latencyMs: 2_000 });
    await expect(release(one)).rejects.toMatchObject({ kind: 'transient', code: 'sftp-connection-lost' });
  });

  test.each([
    ['host key', { hostKey: `SHA256:${'A'.repeat(43)}` }, 'sftp-host-key-changed'],
    ['user name', { username: 'somebody' }, 'sftp-credentials-refused'],
  ])('another %s is permanent', async (_, changes, code) => {
    const one = await warehouse(changes);
    await expect(release(one)).rejects.toMatchObject({ kind: 'permanent', code });
  });

  test('an order that does not fit X12, or is for another site, is permanent and nothing is sent', async () => {
    const one = await warehouse();
    const lines = [{ lineNumber: 1, item: 'A*B', quantity: decimal('1'), unit: 'EA' }];
    await expect(release(one, orderFor(number, { lines }))).rejects.toMatchObject({
      kind: 'permanent',
      code: 'does-not-fit-x12',
      message: expect.stringMatching(/W0105.*"\*"/),
    });
    const long = orderFor(number, { shipTo: { name: 'A', city: 'x'.repeat(31), country: 'GB' } });
    await expect(release(one, long)).rejects.toMatchObject({ message: expect.stringMatching(/N401 is too long/) });
    await expect(release(one, orderFor(number, { site: 'SOUTH' }))).rejects.toMatchObject({ code: 'wrong-site' });
    expect(await one.files('in')).toEqual([]);
  });

  test('in bad weather everything still comes once', async () => {
    const one = await warehouse({ incompleteAfterMs: 5_000 }, systemClock);
    one.simulator.dials.turn({
      ...{ latencyMs: 1, latencyJitterMs: 4, errorRate: 0.05, loseAnswerRate: 0.05, halfWrittenRate: 0.3 },
      ...{ halfWrittenMs: 40, garbageRate: 0.1, duplicateRate: 0.3, reorderRate: 0.3, reorderMs: 60 },
    });
    const numbers = Array.from({ length: 12 }, (_, place) => `${300_000 + place}-NORTH-1`);
    const lines = [{ lineNumber: 1, item: '85123A', quantity: decimal('2'), unit: 'EA' }];
    const insist = (each: string) =>
      until(`release of ${each}`, () =>
        one.verbs.release(orderFor(each, { lines }), callOf(`fulfilment:${each}:release:1`)).catch(() => undefined),
      );
    for (const each of numbers) await insist(each);
    const day = follow(one.feed);
    await until('24 different messages', async () => {
      await day.once().catch(() => undefined);
      return new Set(day.messages.map(({ id }) => id)).size >= 24 ? true : undefined;
    });
    expect(new Set(day.messages.map(({ id }) => id)).size).toBe(24);
    expect(one.entries('release-received')).toHaveLength(12);
    expect(one.entries('duplicate-release')).toHaveLength(0);
    expect(one.entries('shipped')).toHaveLength(12);
  });
});
