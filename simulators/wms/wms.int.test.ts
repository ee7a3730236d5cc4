import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SftpClient from 'ssh2-sftp-client';
import { afterEach, describe, expect, test } from 'vitest';
import { controlClient, readLedger, smallWorld, startSimulator } from '../kit/index.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** A warehouse in its own process, and a client that owes nothing to our connector. */
async function warehouse(script: readonly object[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'wms-'));
  const worldFile = join(folder, 'world.json');
  const ledgerFile = join(folder, 'ledger.jsonl');
  writeFileSync(worldFile, JSON.stringify(smallWorld));
  const simulator = await startSimulator({ kind: 'wms', worldFile, ledgerFile, site: 'NORTH', seed: 3 });
  closing.push(() => simulator.stop());
  const control = controlClient(simulator.control);
  await control.script(script);
  const { host, port, username, password, hostKey } = simulator.details as Record<string, string>;
  const client = new SftpClient('test', { error: () => undefined, end: () => undefined, close: () => undefined });
  const seen: string[] = [];
  const connect = () =>
    client.connect({
      ...{ host: host ?? '', port: Number(port), username: username ?? '', password: password ?? '' },
      hostVerifier: (key: Buffer) => {
        seen.push(`SHA256:${createHash('sha256').update(key).digest('base64').slice(0, 43)}`);
        return true;
      },
    });
  await connect();
  closing.push(() => client.end().catch(() => undefined));
  const put = async (name: string, content: string) => {
    await client.put(Buffer.from(content), `in/${name}.tmp`);
    await client.rename(`in/${name}.tmp`, `in/${name}`);
  };
  const names = async (path: string) =>
    (await client.list(path)).filter(({ type }) => type === '-').map(({ name }) => name);
  const read = async (path: string) => (await client.get(path)).toString();
  /** The documents in `out`, once there are so many. */
  const answers = (count: number) =>
    until(`${count} answers`, async () => {
      const found = await names('out');
      return found.length >= count ? Promise.all(found.sort().map((name) => read(`out/${name}`))) : undefined;
    });
  const entries = (kind: string) => readLedger(ledgerFile).filter((entry) => entry.kind === kind);
  return { simulator, control, client, put, names, read, answers, entries, seen, hostKey, ledgerFile };
}

/** A 940 written by hand. */
function order(number: string, action: 'N' | 'F' = 'N', quantity = '6', count = 10): string {
  return [
    'ISA*00*          *00*          *ZZ*DEPOSITOR      *ZZ*NORTHWMS       *260301*1015*U*00401*000000077*0*T*>',
    'GS*OW*DEPOSITOR*NORTHWMS*20260301*1015*77*X*004010',
    'ST*940*0001',
    `W05*${action}*${number}*PO-7`,
    'N1*ST*Alice',
    'LX*1',
    `W01*${quantity}*EA**VN*85123A`,
    'G69*White hanging heart',
    'N9*LI*1',
    `W76*${quantity}`,
    `SE*${count - 1}*0001`,
    'GE*1*77',
    'IEA*1*000000077',
  ]
    .map((line) => `${line}~`)
    .join('\n');
}
const lines = (document: string | undefined) => (document ?? '').split('~\n');

describe('a simulated warehouse', () => {
  test('takes a 940 by rename, answers 997 and 945, and keeps its ledger', async () => {
    const { put, answers, names, entries, seen, hostKey, control } = await warehouse();
    expect(seen[0]).toBe(hostKey);
    await put('a.edi', order('100001-NORTH-1'));
    const [acknowledgement, advice] = await answers(2);
    expect(lines(acknowledgement)).toEqual(
      expect.arrayContaining(['AK1*OW*77', 'AK2*940*0001', 'AK5*A', 'AK9*A*1*1*1']),
    );
    expect(lines(acknowledgement)[0]).toContain('*ZZ*NORTHWMS       *ZZ*DEPOSITOR      *');
    expect(lines(advice)).toEqual(
      expect.arrayContaining(['ST*945*0001', 'W12*CC*6*6*0*EA**VN*85123A', 'N9*LI*1', 'W03*6']),
    );
    expect(await names('in/archive')).toEqual(['a.edi']);
    expect(entries('release-received')).toMatchObject([
      {
        system: 'wms-NORTH',
        fulfilmentNumber: '100001-NORTH-1',
        purchaseOrder: 'PO-7',
        lines: [{ line: 1, item: '85123A', quantity: '6' }],
      },
    ]);
    expect(entries('shipped')).toMatchObject([{ shipmentNumber: 'NORTH-000001', lines: [{ quantity: '6' }] }]);
    expect(await control.act('stock', {})).toMatchObject({ '85123A': '94' });
  });

  test('ships what it has and no more', async () => {
    const { put, answers } = await warehouse();
    await put('a.edi', order('100001-NORTH-1', 'N', '140'));
    expect(lines((await answers(2))[1])).toContain('W12*CP*140*100*40*EA**VN*85123A');
  });

  test('takes one release once, and says so when another comes', async () => {
    const { put, answers, entries } = await warehouse();
    await put('a.edi', order('100001-NORTH-1'));
    await answers(2);
    await put('b.edi', order('100001-NORTH-1'));
    await put('c.edi', order('100001-NORTH-1', 'N', '7'));
    await answers(4);
    expect(entries('duplicate-release').map(({ identical }) => identical)).toEqual([true, false]);
    expect(entries('shipped')).toHaveLength(1);
  });

  test('refuses a 940 with a wrong count and does nothing for it', async () => {
    const { put, answers, entries } = await warehouse();
    await put('a.edi', order('100001-NORTH-1', 'N', '6', 12));
    const [answer] = await answers(1);
    expect(lines(answer)).toEqual(expect.arrayContaining(['AK5*R*4', 'AK9*R*1*1*0']));
    expect(entries('release-received')).toEqual([]);
  });

  test('knows a request to cancel that comes before its release', async () => {
    const { put, answers, entries } = await warehouse();
    await put('a.edi', order('100001-NORTH-1', 'F'));
    await put('b.edi', order('100001-NORTH-1'));
    const documents = await answers(3);
    expect(documents.flatMap(lines)).toContain('W12*CP*6*0*6*EA**VN*85123A');
    expect(entries('cancelled')).toHaveLength(1);
    expect(entries('shipped')).toEqual([]);
  });

  test('shows each script once and counts it', async () => {
    const scripts = [
      { purchaseOrder: 'PO-7', behaviour: 'part-shipments' },
      { purchaseOrder: 'PO-7', behaviour: 'report-twice' },
      { purchaseOrder: 'PO-8', behaviour: 'late', ms: 5 },
    ];
    const { put, answers, control, entries } = await warehouse(scripts);
    await put('a.edi', order('100001-NORTH-1'));
    const documents = await answers(5);
    const status = documents.flatMap(lines).filter((line) => line.startsWith('W12'));
    expect(status).toEqual([
      ...Array(2).fill('W12*BP*6*3*0*EA**VN*85123A'),
      ...Array(2).fill('W12*CC*3*3*0*EA**VN*85123A'),
    ]);
    expect(entries('shipped')).toHaveLength(2);
    expect((await control.scripts()).map(({ fired }) => fired)).toEqual([1, 1, 0]);
  });

  test.each([
    ['wrong-set-count', 'SE*10*0001'],
    ['wrong-group-count', 'GE*2*'],
    ['wrong-interchange-count', 'IEA*2*'],
    ['no-set-trailer', 'SE*', false],
    ['no-group-trailer', 'GE*', false],
    ['no-interchange-trailer', 'IEA*', false],
    ['never-finished', 'IEA*', false],
  ])('%s comes wrong, and right when it is told to correct it', async (how, mark, isThere = true) => {
    const { put, answers, control } = await warehouse([{ purchaseOrder: 'PO-7', behaviour: 'mishap', how }]);
    await put('a.edi', order('100001-NORTH-1'));
    expect((await answers(2))[1]?.includes(mark)).toBe(isThere);
    expect(await control.act('correct', {})).toEqual({ sent: 1 });
    const right = (await answers(3))[2] ?? '';
    expect(['SE*9*0001', 'GE*1*', 'IEA*1*'].every((part) => right.includes(part))).toBe(true);
  });

  test('repeated-control-number has the one of the document before', async () => {
    const script = { purchaseOrder: 'PO-7', behaviour: 'mishap', how: 'repeated-control-number' };
    const { put, answers } = await warehouse([script]);
    await put('a.edi', order('100001-NORTH-1'));
    expect((await answers(2)).map((text) => lines(text).at(-2))).toEqual(['IEA*1*000000001', 'IEA*1*000000001']);
  });

  test('a file may grow, come again under other names and be renamed, and is whole in the end', async () => {
    const { put, names, read, client } = await warehouse(
      ['growing', 'repeated', 'renamed'].map((how, place) => ({
        purchaseOrder: `P${place}`,
        behaviour: 'mishap',
        how,
      })),
    );
    const whole = (count: number) =>
      until(`${count} whole files`, async () => {
        const texts = await Promise.all(
          (await names('out'))
            .filter((name) => name.includes('945'))
            .map((name) => read(`out/${name}`).catch(() => '')),
        );
        return texts.filter((text) => text.includes('IEA*')).length === count ? texts : undefined;
      });
    await put('a.edi', order('100001-NORTH-1').replace('PO-7', 'P0'));
    expect((await whole(1))[0]).toContain('100001-NORTH-1');
    await put('b.edi', order('100002-NORTH-1').replace('PO-7', 'P1'));
    const again = await whole(4);
    expect(again.filter((text) => text.includes('100002-NORTH-1'))).toHaveLength(3);
    await put('c.edi', order('100003-NORTH-1').replace('PO-7', 'P2'));
    await until('the last name', async () => (await names('out')).find((name) => name.startsWith('l-')));
    expect(await client.exists('in/archive/c.edi')).toBe('-');
  });

  test('sets wait for each other, and in an interchange of many only the spoilt one is wrong', async () => {
    const script = { purchaseOrder: 'PO-7', behaviour: 'mishap', how: 'wrong-set-count' };
    const { control, put, answers } = await warehouse([script]);
    await control.turn({ setsPerInterchange: 2 });
    await put('a.edi', order('100001-NORTH-1'));
    await put('b.edi', order('100002-NORTH-1').replace('PO-7', 'PO-8'));
    const text = (await answers(3)).find((each) => each.includes('ST*945'));
    expect(lines(text).filter((line) => /^(SE|GE)/.test(line))).toEqual(['SE*10*0001', 'SE*9*0002', 'GE*2*3']);
  });

  test('an acknowledgement may come late', async () => {
    const { put, answers } = await warehouse([{ purchaseOrder: 'PO-7', behaviour: 'late-acknowledgement', ms: 300 }]);
    await put('a.edi', order('100001-NORTH-1'));
    expect((await answers(2)).map((text) => lines(text)[2])).toEqual(['ST*945*0001', 'ST*997*0001']);
  });

  test('refuses scripts and dials that it does not know, by name', async () => {
    const { control } = await warehouse();
    await expect(control.turn({ workMs: 5, speed: 3 })).rejects.toThrow(/speed/);
    await expect(control.script([{ purchaseOrder: 'PO', behaviour: 'vanish' }])).rejects.toThrow(/behaviour/);
    await expect(control.act('read-file', { path: 'out/none' })).rejects.toThrow(/there is no file out\/none/);
    await expect(control.act('write-file', { path: 'in/a', content: 'x' })).rejects.toThrow(/path must be out/);
  });

  test('an outage cuts connections and takes no new ones', async () => {
    const { control, client, simulator } = await warehouse();
    await control.turn({ outage: true });
    await expect(client.list('out')).rejects.toThrow();
    const { port, username = '', password = '' } = simulator.details as Record<string, string>;
    const another = new SftpClient('other', { error: () => undefined, end: () => undefined, close: () => undefined });
    await expect(another.connect({ host: '127.0.0.1', port: Number(port), username, password })).rejects.toThrow();
  });

  test('half-written files and garbage are really there', async () => {
    const { control, put, names, read } = await warehouse();
    await control.turn({ halfWrittenRate: 1, halfWrittenMs: 1_500, garbageRate: 1 });
    await put('a.edi', order('100001-NORTH-1'));
    const name = await until('half a file', async () => (await names('out')).find((each) => /^\d/.test(each)));
    expect(await read(`out/${name}`)).not.toContain('IEA');
    await until('the rest', async () => ((await read(`out/${name}`)).includes('IEA') ? true : undefined));
    expect((await names('out')).some((each) => each.startsWith('garbage-'))).toBe(true);
  });
});
