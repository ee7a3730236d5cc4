import type { Line } from './x12.ts';

export interface OrderedLine {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
  readonly unit: string;
}

/** A 940 as this warehouse understands it. */
export interface Order {
  readonly action: 'release' | 'cancel';
  readonly fulfilmentNumber: string;
  readonly purchaseOrder: string;
  readonly lines: readonly OrderedLine[];
}

/** A 940 of an interchange, or what is wrong with it, as the codes of AK5. */
export interface ReceivedSet {
  readonly set: string;
  readonly control: string;
  readonly order?: Order;
  readonly errors: readonly string[];
}

/** One received group, with its control number for the answer. */
export interface ReceivedGroup {
  readonly kind: string;
  readonly control: string;
  readonly sets: readonly ReceivedSet[];
  /** Codes of AK9. */
  readonly errors: readonly string[];
}

const actions: Readonly<Record<string, Order['action']>> = { N: 'release', F: 'cancel' };

function readLines(body: readonly Line[]): readonly OrderedLine[] {
  const lines: OrderedLine[] = [];
  let w01: Line | undefined;
  for (const segment of body) {
    if (segment[0] === 'W01') w01 = segment;
    if (segment[0] !== 'N9' || segment[1] !== 'LI' || w01 === undefined) continue;
    const [, quantity = '', unit = '', , , item = ''] = w01;
    lines.push({ line: Number(segment[2]), item, quantity, unit });
    w01 = undefined;
  }
  return lines;
}

function readOrder(body: readonly Line[]): Order | undefined {
  const [, status = '', fulfilmentNumber = '', purchaseOrder = ''] = body.find(([name]) => name === 'W05') ?? [];
  const action = actions[status];
  const lines = readLines(body);
  const sound = lines.every(({ line, item, quantity }) => line > 0 && item !== '' && /^\d+(\.\d+)?$/.test(quantity));
  if (action === undefined || fulfilmentNumber === '' || lines.length === 0 || !sound) return undefined;
  return { action, fulfilmentNumber, purchaseOrder, lines };
}

function readSet(lines: readonly Line[]): ReceivedSet {
  const [, set = '', control = ''] = lines[0] ?? [];
  const trailer = lines.at(-1);
  const errors: string[] = [];
  if (trailer?.[0] !== 'SE') errors.push('2');
  else if (Number(trailer[1]) !== lines.length) errors.push('4');
  else if (trailer[2] !== control) errors.push('3');
  const order = set === '940' ? readOrder(lines) : undefined;
  if (set !== '940') errors.push('1');
  else if (order === undefined) errors.push('5');
  return { set, control, errors, ...(order === undefined || errors.length > 0 ? {} : { order }) };
}

/** Reads the groups of an interchange. */
export function readGroups(lines: readonly Line[]): readonly ReceivedGroup[] {
  const groups: { kind: string; control: string; sets: ReceivedSet[]; errors: string[] }[] = [];
  let open: Line[] | undefined;
  const close = () => {
    if (open !== undefined) groups.at(-1)?.sets.push(readSet(open));
    open = undefined;
  };
  for (const line of lines) {
    const [name, first = '', , , , , control = ''] = line;
    const group = groups.at(-1);
    if (name === 'GS') groups.push({ kind: first, control, sets: [], errors: [] });
    else if (name === 'ST') {
      close();
      open = [line];
    } else if (name === 'GE') {
      close();
      if (group !== undefined && Number(first) !== group.sets.length) group.errors.push('5');
      if (group !== undefined && line[2] !== group.control) group.errors.push('4');
    } else if (open !== undefined) {
      open.push(line);
      if (name === 'SE') close();
    }
  }
  return groups;
}
