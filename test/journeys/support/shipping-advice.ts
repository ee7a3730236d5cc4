import { randomBytes } from 'node:crypto';
import type { OutsideSystem } from './systems.ts';

/** What a 945 that a test writes by hand says: one line of one item. */
export interface Advice {
  readonly fulfilmentNumber: string;
  readonly purchaseOrder: string;
  readonly shipmentNumber: string;
  readonly item: string;
  /** Still owed before this report, and shipped with it. */
  readonly owed: string;
  readonly shipped: string;
  /** `CC` complete, `BP` part and the rest follows. */
  readonly status: 'CC' | 'BP';
}

let control = 500_000;

/** An interchange of its own, under a control number that no other has. */
function interchange(site: string, advice: Advice): string {
  control += 1;
  const number = String(control).padStart(9, '0');
  const stamp = new Date().toISOString().replace(/\D/g, '');
  const blank = ' '.repeat(10);
  const [day, time] = [stamp.slice(0, 8), stamp.slice(8, 12)];
  const sides = ['ZZ', site.padEnd(15), 'ZZ', 'CROSSDOCK'.padEnd(15)];
  const { fulfilmentNumber, purchaseOrder, shipmentNumber, item, owed, shipped, status } = advice;
  const body = [
    ['W06', 'F', fulfilmentNumber, day, shipmentNumber, '', purchaseOrder],
    ['W27', 'M', 'XPSL'],
    ['LX', '1'],
    ['W12', status, owed, shipped, '0', 'EA', '', 'VN', item],
    ['N9', 'LI', '1'],
    ['MAN', 'CP', `TRK${shipmentNumber}`],
    ['W03', shipped],
  ];
  const lines = [
    ['ISA', '00', blank, '00', blank, ...sides, day.slice(2), time, 'U', '00401', number, '0', 'P', '>'],
    ['GS', 'SW', site, 'CROSSDOCK', day, time, String(control), 'X', '004010'],
    ['ST', '945', '0001'],
    ...body,
    ['SE', String(body.length + 2), '0001'],
    ['GE', '1', String(control)],
    ['IEA', '1', number],
  ];
  return lines.map((line) => `${line.join('*')}~\n`).join('');
}

/** Puts a 945 into a warehouse's `out` folder, whole, in a file of its own; answers the file's name. */
export async function report(warehouse: OutsideSystem, advice: Advice): Promise<string> {
  const site = String(warehouse.process.details.site);
  const name = `by-hand-${randomBytes(4).toString('hex')}.edi`;
  await warehouse.act('write-file', { path: `out/${name}.tmp`, content: interchange(site, advice) });
  await warehouse.act('rename-file', { from: `out/${name}.tmp`, to: `out/${name}` });
  return name;
}

/** Whether we took the file: it stands in the archive once its messages are durable. */
export async function isTaken(warehouse: OutsideSystem, name: string): Promise<boolean> {
  const files = (await warehouse.act('list-files', {})) as readonly { readonly path: string }[];
  return files.some(({ path }) => path === `out/archive/${name}`);
}
