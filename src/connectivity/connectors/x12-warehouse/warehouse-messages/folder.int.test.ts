import { afterEach, describe, expect, test } from 'vitest';
import { writeInterchange } from '#connectivity/protocols/x12';
import { callOf, follow, openWarehouse, orderFor, until } from '../testing.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function warehouse(changes: object = {}) {
  const opened = await openWarehouse(changes);
  open.push(opened);
  return opened;
}
type Warehouse = Awaited<ReturnType<typeof warehouse>>;

const put = (one: Warehouse, name: string, content: string) => one.act('write-file', { path: `out/${name}`, content });

const body = (fulfilmentNumber: string, status = 'CC') => [
  ['W06', 'F', fulfilmentNumber, '20260301', `S-${fulfilmentNumber}`],
  ['LX', '1'],
  ['W12', status, '6', '6', '', 'EA', '', 'VN', '85123A'],
  ['N9', 'LI', '1'],
  ['W03', '6'],
];
const sets = (numbers: readonly string[]) =>
  numbers.map((number, place) => ({
    identifier: '945',
    control: String(place + 1).padStart(4, '0'),
    body: body(number),
  }));

/** An interchange of theirs with one 945 for each fulfilment number. */
const report = (numbers: readonly string[], control = '41', sender = 'NORTHWMS') =>
  writeInterchange({
    ...{ senderQualifier: 'ZZ', sender, receiverQualifier: 'ZZ', receiver: 'CROSSDOCK', control, usage: 'P' },
    at: '2026-03-01T10:15:30.000Z',
    groups: [
      {
        ...{ functionalIdentifier: 'SW', sender, receiver: 'CROSSDOCK', control, version: '004010' },
        sets: sets(numbers),
      },
    ],
  });

const idsOf = (messages: readonly { id: string }[]) => messages.map(({ id }) => id);
/** The 997 that we put, by the warehouse's own archive. */
async function receipts(one: Warehouse): Promise<readonly string[]> {
  await one.taken();
  const paths = (await one.files('in/archive')).filter((path) => path.includes('/997-'));
  const read = await Promise.all(paths.map((path) => one.act('read-file', { path })));
  return read.map((file) => (file as { content: string }).content);
}

describe('a file is taken once and whole, or not at all', () => {
  test('a temporary or hidden one is not looked at', async () => {
    const one = await warehouse({ incompleteAfterMs: 0 });
    await put(one, '1.edi.tmp', report(['A-NORTH-1']));
    await put(one, '.1.edi', report(['A-NORTH-1']));
    const day = follow(one.feed);
    for (let look = 0; look < 3; look += 1) await day.once();
    expect([day.messages, day.unreadable]).toEqual([[], []]);
    expect(await one.files('out')).toHaveLength(2);
  });

  test('one that grows is left alone until its trailer is there', async () => {
    const one = await warehouse();
    const whole = report(['A-NORTH-1', 'B-NORTH-1']);
    const day = follow(one.feed);
    for (const share of [0, 0.3, 0.6, 0.95]) {
      await put(one, '1.edi', whole.slice(0, Math.floor(whole.length * share)) || ' ');
      await day.once();
      expect(await one.files('out')).toEqual(['out/1.edi']);
    }
    expect([day.messages, day.unreadable]).toEqual([[], []]);
    await put(one, '1.edi', whole);
    await day.once();
    expect(day.messages.map(({ key }) => key)).toEqual(['A-NORTH-1', 'B-NORTH-1']);
    expect(await one.files('out')).toEqual([]);
  });

  test('one that stays half is given up in time, told with what is wrong, and put away', async () => {
    const one = await warehouse({ incompleteAfterMs: 60 });
    const whole = report(['A-NORTH-1', 'B-NORTH-1']);
    await put(one, 'half.edi', whole.slice(0, whole.length - 60));
    await put(one, 'garbage.edi', '%PDF-1.4 \0 no interchange');
    const day = follow(one.feed);
    await day.once();
    expect(day.unreadable).toEqual([]);
    await until('both given up', async () => {
      await day.once();
      return day.unreadable.length === 2 ? true : undefined;
    });
    expect(day.messages).toEqual([]);
    const codes = day.unreadable.map(({ failures }) => failures.map(({ code }) => code));
    expect(codes).toEqual(expect.arrayContaining([['not-x12'], expect.arrayContaining(['missing-trailer'])]));
    expect(await one.files('out')).toEqual([]);
    expect(await receipts(one)).toEqual([]);
  });

  test('one that is too long is refused unread', async () => {
    const one = await warehouse({ maxFileBytes: 1_000 });
    await put(one, 'long.edi', report(Array.from({ length: 50 }, (_, place) => `${place}-NORTH-1`)));
    const day = follow(one.feed);
    await until('it is given up', async () => {
      await day.once();
      return day.unreadable[0];
    });
    expect(day.unreadable).toMatchObject([{ failures: [{ message: 'the file is longer than 1000 bytes' }] }]);
  });

  test('repeated under a new name it has the same ids, and one acknowledgement', async () => {
    const one = await warehouse();
    const day = follow(one.feed);
    await put(one, '1.edi', report(['A-NORTH-1']));
    await day.once();
    await put(one, '2.edi', report(['A-NORTH-1']));
    await day.once();
    expect(new Set(idsOf(day.messages)).size).toBe(1);
    expect(await receipts(one)).toHaveLength(1);
    expect(await one.files('out/archive')).toHaveLength(2);
  });

  test('a correction under the same shipment number is another message', async () => {
    const one = await warehouse();
    const day = follow(one.feed);
    await put(one, '1.edi', report(['A-NORTH-1']));
    await put(one, '2.edi', report(['A-NORTH-1']).replaceAll('6*6*', '5*5*').replace('W03*6', 'W03*5'));
    await day.once();
    expect(new Set(idsOf(day.messages)).size).toBe(2);
  });

  test('renamed under the reader it comes under its new name', async () => {
    const one = await warehouse();
    const content = report(['A-NORTH-1']);
    await put(one, '1.edi', content);
    const day = follow(one.feed);
    await day.once(false);
    await one.act('rename-file', { from: 'out/1.edi', to: 'out/renamed.edi' });
    await day.once();
    expect(new Set(idsOf(day.messages)).size).toBe(1);
    expect(await one.files('out')).toEqual([]);
    expect(await one.files('out/archive')).toEqual(['out/archive/renamed.edi']);
    expect(await receipts(one)).toHaveLength(1);
  });

  test('after a crash between cursor and archive it is archived and acknowledged, and not read again', async () => {
    const one = await warehouse();
    await put(one, '1.edi', report(['A-NORTH-1']));
    const day = follow(one.feed);
    await day.once(false);
    await day.once();
    expect(day.messages).toHaveLength(1);
    expect(await one.files('out')).toEqual([]);
    expect(await receipts(one)).toHaveLength(1);
  });

  test('what was archived after the moment to which a database was restored is read again, and else nothing', async () => {
    const one = await warehouse({ incompleteAfterMs: 0, batch: 2 });
    await put(one, '1.edi', report(['A-NORTH-1']));
    const before = follow(one.feed);
    const { cursor } = await before.once();
    for (const name of ['2', '3', '4']) await put(one, `${name}.edi`, report([`${name}-NORTH-1`], name));
    await before.once();
    await before.once();
    expect(await one.files('out')).toEqual([]);

    const restored = follow(one.feedAnew(), cursor);
    expect((await restored.once(false)).more).toBe(true);
    restored.messages.splice(0);
    await restored.once();
    await restored.once();
    await restored.once();
    expect(idsOf(restored.messages)).toEqual(idsOf(before.messages));
    const archived = await one.files('out/archive');
    expect(archived).toHaveLength(4);
    await put(one, '5.edi', report(['5-NORTH-1'], '45'));
    await restored.once();
    expect(restored.messages.at(-1)?.key).toBe('5-NORTH-1');
    expect(await receipts(one)).toHaveLength(5);

    const first = follow(one.feedAnew());
    await first.once();
    expect(first.messages).toEqual([]);
  });

  test('a name that comes again with another content is read', async () => {
    const one = await warehouse();
    await put(one, '1.edi', report(['A-NORTH-1']));
    const day = follow(one.feed);
    await day.once();
    await put(one, '1.edi', report(['B-NORTH-1'], '42'));
    await day.once(false);
    await put(one, '1.edi', report(['C-NORTH-1'], '43'));
    await day.once();
    expect(day.messages.map(({ key }) => key)).toEqual(['A-NORTH-1', 'B-NORTH-1', 'C-NORTH-1']);
    expect(await one.files('out/archive')).toEqual(['out/archive/1.edi', 'out/archive/1.edi.2']);
  });

  test('one that grew after it was read is read again and not put away', async () => {
    const one = await warehouse();
    await put(one, '1.edi', report(['A-NORTH-1']));
    const reading = await one.feed.read(undefined, AbortSignal.timeout(5_000));
    await put(one, '1.edi', report(['A-NORTH-1']) + report(['B-NORTH-1'], '42'));
    await one.feed.committed?.(reading, AbortSignal.timeout(5_000));
    expect(await one.files('out')).toEqual(['out/1.edi']);
    const next = await one.feed.read(reading.cursor, AbortSignal.timeout(5_000));
    expect(next.messages.map(({ key }) => key)).toEqual(['A-NORTH-1', 'B-NORTH-1']);
  });

  test('many files come in readings of a batch each', async () => {
    const one = await warehouse({ batch: 2 });
    for (const name of ['1', '2', '3', '4', '5']) await put(one, `${name}.edi`, report([`${name}-NORTH-1`], name));
    const day = follow(one.feed);
    const more = [await day.once(), await day.once(), await day.once()].map((reading) => reading.more);
    expect(more).toEqual([true, true, false]);
    expect(day.messages.map(({ key }) => key)).toEqual([1, 2, 3, 4, 5].map((name) => `${name}-NORTH-1`));
  });
});

describe('the bad part alone is refused', () => {
  test('one bad set of 500', async () => {
    const one = await warehouse();
    const numbers = Array.from({ length: 500 }, (_, place) => `${place + 1}-NORTH-1`);
    const bad = report(numbers).replace('W06*F*250-NORTH-1*20260301', 'W06*F*250-NORTH-1*20261301');
    await put(one, '1.edi', bad);
    const day = follow(one.feed);
    await day.once();
    expect(day.messages).toHaveLength(499);
    expect(day.messages.map(({ key }) => key)).not.toContain('250-NORTH-1');
    expect(day.unreadable).toMatchObject([{ failures: [{ code: 'element-bad-date', path: 'W06/2/3' }] }]);
    const [receipt = ''] = await receipts(one);
    expect(receipt).toContain('AK2*945*0250~\nAK3*W06*2**8~\nAK4*3**8*20261301~\nAK5*R*5~');
    expect(receipt).toContain('AK9*P*500*500*499~');
  });

  test.each([
    ['a wrong count in SE', (text: string) => text.replace(/SE\*7\*0001/, 'SE*9*0001'), ['B'], 'wrong-count'],
    [
      'another number in SE',
      (text: string) => text.replace('SE*7*0001', 'SE*7*0009'),
      ['B'],
      'control-number-mismatch',
    ],
    ['a missing SE', (text: string) => text.replace('SE*7*0001~\n', ''), ['B'], 'missing-trailer'],
    [
      'a control number used twice',
      (text: string) => text.replaceAll('0002~', '0001~'),
      ['A'],
      'control-number-repeated',
    ],
    ['an unknown status', (text: string) => text.replace('W12*CC', 'W12*ZZ'), ['B'], 'unknown-status'],
    ['no line number', (text: string) => text.replace('N9*LI*1', 'N9*ZZ*1'), ['B'], 'no-line-number'],
    ['another total', (text: string) => text.replace('W03*6', 'W03*7'), ['B'], 'wrong-total'],
    [
      'a set that is not agreed',
      (text: string) => text.replace('ST*945*0001', 'ST*944*0001'),
      ['B'],
      'set-not-supported',
    ],
    ['a wrong count in GE', (text: string) => text.replace('GE*2*', 'GE*3*'), [], 'wrong-count'],
    [
      'another number in IEA',
      (text: string) => text.replace('IEA*1*000000041', 'IEA*1*000000042'),
      [],
      'control-number-mismatch',
    ],
    ['another sender', (text: string) => text.replace('NORTHWMS       ', 'SOUTHWMS       '), [], 'wrong-partner'],
  ])('%s', async (_, spoil, good, code) => {
    const one = await warehouse();
    await put(one, '1.edi', spoil(report(['A', 'B'])));
    const day = follow(one.feed);
    await day.once();
    expect(day.messages.map(({ key }) => key)).toEqual(good);
    expect(day.unreadable).toHaveLength(1);
    expect(day.unreadable[0]?.failures.map((failure) => failure.code)).toContain(code);
    expect(await one.files('out')).toEqual([]);
  });

  test('an interchange control number used twice for different reports loses neither', async () => {
    const one = await warehouse();
    await put(one, '1.edi', report(['A-NORTH-1'], '41'));
    await put(one, '2.edi', report(['B-NORTH-1'], '41'));
    const day = follow(one.feed);
    await day.once();
    expect(day.messages.map(({ key }) => key)).toEqual(['A-NORTH-1', 'B-NORTH-1']);
    expect(await receipts(one)).toHaveLength(2);
  });

  test('what is unreadable keeps its id however often it comes', async () => {
    const one = await warehouse();
    const day = follow(one.feed);
    for (const name of ['1.edi', '2.edi']) {
      await put(one, name, report(['A-NORTH-1']).replace('W12*CC', 'W12*ZZ'));
      await day.once();
    }
    expect(new Set(day.unreadable.map(({ id }) => id)).size).toBe(1);
    expect(day.unreadable[0]?.original).toContain('W12*ZZ*6*6');
  });
});

test('a release is acknowledged for the right order when two share a first choice of control number', async () => {
  const one = await warehouse();
  const { reference } = await one.verbs.release(orderFor('100001-NORTH-1'), callOf('first'));
  await one.taken();
  // Another order stands where this key would go first.
  const { content } = (await one.act('read-file', { path: `in/archive/${reference}` })) as { content: string };
  expect(content).toContain(`GS*OW*CROSSDOCK*NORTHWMS*`);
  const second = await one.verbs.release(orderFor('100002-NORTH-1'), callOf('first'));
  expect(second.reference).not.toBe(reference);
  expect(await one.verbs.findRelease(orderFor('100002-NORTH-1'), callOf('first'))).toEqual({
    known: 'done',
    answer: second,
  });
  const messages = await follow(one.feed).all(4);
  const acknowledged = messages.filter(({ type }) => type === 'fulfilment.acknowledged').map(({ key }) => key);
  expect(acknowledged.sort()).toEqual(['100001-NORTH-1', '100002-NORTH-1']);
});
